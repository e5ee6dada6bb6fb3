package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands in JVMs of their own: how they end when they are killed, and when nobody listens. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux'")
@Tag("slow")
final class KilledCommandTest {

  private static final String[] ENDLESS = {
    "ab", "LEGACY", "LEGACY", "--runs", "99", "--ops", "1000000000", "--budget-ms", "3600000"
  };

  @TempDir private Path temporary;

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path", ""),
            HakmemCommand.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HAKMEM_"));
    return builder
        .redirectOutput(temporary.resolve("out").toFile())
        .redirectError(temporary.resolve("err").toFile());
  }

  private static List<ProcessHandle> awaitForks(Process process) throws InterruptedException {
    while (process.isAlive()) {
      List<ProcessHandle> forks = process.descendants().toList();
      if (!forks.isEmpty()) {
        TimeUnit.SECONDS.sleep(1); // Until they run.
        return process.descendants().toList();
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new AssertionError("the command ended by itself");
  }

  private static void assertEnded(List<ProcessHandle> forks) {
    assertThat(forks).isNotEmpty();
    forks.forEach(fork -> fork.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(path -> path.getFileName().toString().startsWith("hakmem-")).toList();
    }
  }

  @Test
  void terminate_whileAForkRuns_leavesNoProcessAndNoFile() throws Exception {
    Process process = command(ENDLESS).start();
    List<ProcessHandle> forks = awaitForks(process);
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertEnded(forks);
    assertThat(folders()).isEmpty();
  }

  @Test
  void kill_whileAForkRuns_endsTheForkAndTheNextRunDeletesTheFiles() throws Exception {
    Process process = command(ENDLESS).start();
    List<ProcessHandle> forks = awaitForks(process);
    process.destroyForcibly();
    assertEnded(forks);
    assertThat(folders()).hasSize(1);
    Process next = command(ENDLESS).start();
    awaitForks(next);
    assertThat(folders()).hasSize(1);
    next.destroy();
    assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(folders()).isEmpty();
  }

  @Test
  void output_toAFullDevice_isOneLineAndCodeOne() throws Exception {
    Process process = command("gates").redirectOutput(Path.of("/dev/full").toFile()).start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(temporary.resolve("err")))
        .isEqualTo("hakmem: standard output: No space left on device" + System.lineSeparator());
  }

  @Test
  void output_toAClosedPipe_endsSilentlyWithCodeOne() throws Exception {
    Process process = command("gates").redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    process.getInputStream().close();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(temporary.resolve("err"))).isEmpty();
  }
}
