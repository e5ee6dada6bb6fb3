package io.hakmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command in a JVM of its own and reads its JSON. */
final class Fork {

  private static final int LAST_LINES = 5;

  private final List<String> arguments;

  Fork(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  JsonNode run() throws IOException {
    Path errors = Files.createTempFile("hakmem-fork", ".err");
    try {
      Process process = new ProcessBuilder(command()).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      int code = waitFor(process);
      if (code != 0) {
        throw new CommandFailure("a fork ended with " + code + ": " + lastLines(errors));
      }
      return new JsonMapper().readTree(out);
    } finally {
      Files.delete(errors);
    }
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private static String lastLines(Path errors) throws IOException {
    List<String> lines = Files.readString(errors, StandardCharsets.UTF_8).lines().toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    String modules = System.getProperty("jdk.module.path");
    if (modules == null) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
      command.addAll(List.of(System.getProperty("java.class.path"), HakmemCommand.class.getName()));
    } else {
      command.addAll(List.of("--module-path", modules, "-m"));
      command.add(command.size() - 1, "--enable-native-access=io.hakmem.core,io.hakmem.bench");
      command.add("io.hakmem.bench/" + HakmemCommand.class.getName());
    }
    command.addAll(arguments);
    return command;
  }

  private static List<String> jvmOptions() {
    String options = System.getenv("HAKMEM_JAVA_OPTS");
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+", -1));
  }
}
