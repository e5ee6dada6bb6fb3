package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hakmem.bench.driver.Driver;
import io.hakmem.bench.driver.NativeLoad;
import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.workload.Plan;
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

  /** A driver in the middle of its measurement, started by a JVM that waits for it. */
  static final class DriverCall {

    private static final int ENDLESS_MS = Integer.MAX_VALUE;

    private DriverCall() {}

    public static void main(String[] args) throws Exception {
      MidLarge load = new MidLarge(1, 1_000_000, 400, 1, 257, 768);
      try (NativeLoad prepared = NativeLoad.of(load)) {
        Plan plan = new Plan(Integer.MAX_VALUE, 1, ENDLESS_MS);
        Driver driver = Driver.compiled(System.getenv());
        driver.run(prepared, "malloc", null, Measure.SPEED, plan, load.census().calls());
      }
    }
  }

  private ProcessBuilder command(String... arguments) {
    return program(HakmemCommand.class, arguments);
  }

  private ProcessBuilder program(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path", ""),
            main.getName()));
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

  /** Unlike a fork it has no thread to spare for the pipe that ends with its parent. */
  @Test
  void kill_whileTheDriverMeasures_endsTheDriver() throws Exception {
    Process process = program(DriverCall.class).start();
    List<ProcessHandle> drivers = List.of();
    while (drivers.isEmpty() && process.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(50);
      drivers = process.descendants().filter(KilledCommandTest::isDriver).toList();
    }
    String said = Files.readString(temporary.resolve("err"));
    assumeFalse(said.contains("no C compiler"), said);
    TimeUnit.MILLISECONDS.sleep(500); // Until it measures.
    process.destroyForcibly();
    try {
      assertEnded(drivers);
    } finally {
      drivers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isDriver(ProcessHandle process) {
    return process.info().command().filter(name -> name.endsWith("/driver")).isPresent();
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
