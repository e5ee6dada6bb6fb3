package io.hakmem.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A call of the command in a JVM of its own: its exit code and what it wrote. */
record CommandProcess(int code, String out, String err) {

  private static final int MOST_SECONDS = 100;

  /** A JVM that starts soon and is small; what it measures is of no interest. */
  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /**
   * Runs a call as the start script does, in a JVM without options that a subject needs.
   *
   * @param folder the working directory
   */
  static CommandProcess in(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(QUICK);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djmh.ignoreLock=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(HakmemCommand.class.getName());
    command.addAll(arguments);
    Path out = Files.createTempFile("call", ".out");
    Path err = Files.createTempFile("call", ".err");
    try {
      return run(new ProcessBuilder(command).directory(folder.toFile()), out, err);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static CommandProcess run(ProcessBuilder builder, Path out, Path err)
      throws IOException, InterruptedException {
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    OwnSettings.leaveOutOf(builder).environment().put("HAKMEM_JAVA_OPTS", String.join(" ", QUICK));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as("%s ends within %d s", builder.command(), MOST_SECONDS)
          .isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new CommandProcess(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
