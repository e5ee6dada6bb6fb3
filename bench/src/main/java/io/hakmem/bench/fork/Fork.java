package io.hakmem.bench.fork;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the command in a JVM of its own and reads its JSON. */
public final class Fork {

  private static final int LAST_LINES = 5;

  /** By its name, since the commands depend on this package. */
  private static final String COMMAND = "io.hakmem.bench.HakmemCommand";

  private final List<String> arguments;
  private final Map<String, String> environment;
  private final List<String> jvmOptions;

  /** Runs the command with these arguments. */
  public Fork(List<String> arguments) {
    this(arguments, Map.of());
  }

  /** The environment is added to that of this JVM. */
  public Fork(List<String> arguments, Map<String, String> environment) {
    this(arguments, environment, List.of());
  }

  /** The JVM options are added to those of every fork. */
  public Fork(List<String> arguments, Map<String, String> environment, List<String> jvmOptions) {
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * Waits for the JVM's end. It ends too when this thread is interrupted or this JVM stops.
   *
   * @throws CommandFailure if it ends with another code than 0; the message has its last lines
   */
  public JsonNode run() throws IOException, InterruptedException {
    // Files, since waiting for them is over at once when this thread is interrupted.
    try (TemporaryFile out = new TemporaryFile("out");
        TemporaryFile errors = new TemporaryFile("err")) {
      ProcessBuilder builder =
          new ProcessBuilder(command())
              .redirectOutput(out.path().toFile())
              .redirectError(errors.path().toFile());
      builder.environment().putAll(environment);
      try (Child child = new Child(builder)) {
        int code = child.waitFor();
        if (code != 0) {
          throw new CommandFailure("a fork ended with " + code + ": " + lastLines(errors.path()));
        }
      }
      return new JsonMapper().readTree(out.path().toFile());
    }
  }

  private static String lastLines(Path errors) throws IOException {
    String text = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(optionsOfAll());
    command.addAll(jvmOptions);
    String modules = System.getProperty("jdk.module.path");
    if (modules == null) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
      command.addAll(List.of(System.getProperty("java.class.path"), COMMAND));
    } else {
      command.addAll(ClassArchive.options());
      command.addAll(List.of("--module-path", modules, "-m"));
      command.add(command.size() - 1, "--enable-native-access=io.hakmem.core,io.hakmem.bench");
      command.add("io.hakmem.bench/" + COMMAND);
    }
    command.addAll(arguments);
    return command;
  }

  /** The options of the JVM that {@code HAKMEM_JAVA_OPTS} asks for. */
  public static List<String> optionsOfAll() {
    String options = System.getenv("HAKMEM_JAVA_OPTS");
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+", -1));
  }

  /** A file that is gone afterwards. */
  private record TemporaryFile(Path path) implements AutoCloseable {

    TemporaryFile(String suffix) throws IOException {
      this(Files.createTempFile("hakmem-fork", "." + suffix));
      path.toFile().deleteOnExit();
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }
}
