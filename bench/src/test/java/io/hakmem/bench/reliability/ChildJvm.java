package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a JVM of its own, without gates from the environment. */
final class ChildJvm {

  private static final long MOST_MINUTES = 5;

  private ChildJvm() {}

  /** What a JVM printed, and how it ended. */
  record Outcome(String out, int exit) {}

  /** Waits for the end; the folder takes what the JVM prints, and what it leaves if it crashes. */
  static Outcome run(Path folder, Class<?> program, String argument, String... options)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-XX:ErrorFile=" + folder.resolve("crash"));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(program.getName());
    command.add(argument);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HAKMEM_"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(Files.readString(out), process.exitValue());
  }
}
