package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.builds.BuiltModules;
import io.hakmem.bench.builds.SmallRepository;
import io.netty.buffer.AdaptiveByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The example in the help of each command runs, in less time than it would take. It runs in a
 * folder that has what it names: traces, results, a repository, and a JVM with the process id.
 */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the profiler is packed for Linux")
final class HelpExamplesRunTest {

  /** The process id of all examples. */
  private static final String PID = "4711";

  /** Before the names of what an example writes. */
  private static final Set<String> WRITES = Set.of("--html", "--to", "--out");

  private static final String RESULT = "results/ab-2026-11-26-beside-legacy.json";

  private static final String ADVISED =
      """
      {"phases": [{"name": "82-final", "rows": [{"label": "both", "workload": "c6", "verdict": "GO",
        "a": {"cold_mops": 1}, "b": {"cold_mops": 1, "steady_mops": 2, "steady_ratio": 2}}]}]}
      """;

  @TempDir private Path dir;

  static List<HelpExample> commands() {
    return HelpExample.all();
  }

  /** What replaces options of the example, or is added to it, so that it ends soon. */
  private static List<String> shorter(String command) {
    return switch (command) {
      case "mid-large-mt", "measure", "replay" -> List.of("--warmup=0", "--runs=1");
      case "record" -> List.of("--seconds=1");
      case "peers" ->
          List.of("--runs=1", "--budget-ms=1", "--measure=speed", "--peers=native-malloc");
      case "footprint" -> List.of("--size=0.01", "--decay-ms=1");
      case "ab", "sweep" -> List.of("--runs=1", "--ops=2000", "--budget-ms=1");
      case "turns" -> List.of("--runs=1", "--turn-ms=1", "--warmup-ms=1");
      case "tune" -> List.of("--budget=1s", "--budget-ms=1");
      case "reproduce" -> List.of("--runs=5", "--ops=2000", "--budget-ms=1");
      case "profile" -> List.of("--budget-ms=100");
      case "jmh" -> List.of("--forks=0", "--time=1");
      case "top" -> List.of("--interval=0.05", "--count=2");
      case "fuzz" -> List.of("--operations=1000");
      case "soak" -> List.of("--minutes=0.04", "--burst-mib=256");
      case "trace", "trace info", "trace import", "trace export", "report", "recommend" ->
          List.of();
      case "compose", "gates", "heap", "new-box" -> List.of();
      default ->
          throw new AssertionError("nobody says how the example of " + command + " is short");
    };
  }

  private static List<String> call(HelpExample help) {
    List<String> call = new ArrayList<>(help.words());
    for (String option : shorter(help.command())) {
      int equals = option.indexOf('=');
      int given = call.indexOf(option.substring(0, equals));
      if (given < 0) {
        call.add(option);
      } else {
        call.set(given + 1, option.substring(equals + 1));
      }
    }
    return call;
  }

  private static List<String> written(List<String> call) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i + 1 < call.size(); i++) {
      if (WRITES.contains(call.get(i))) {
        written.add(call.get(i + 1));
      }
    }
    return written;
  }

  private void provide(String word) throws IOException, InterruptedException {
    Path file = dir.resolve(word);
    switch (word) {
      case "program.trace" -> Files.write(file, TraceFiles.generated(1, 3000));
      case "server.jfr" -> record(file);
      case "monday.json", "tuesday.json" -> Files.copy(Path.of(RESULT), file);
      case "report/report.json" -> {
        Files.createDirectories(file.getParent());
        Files.writeString(file, ADVISED);
      }
      case "HEAD~1" -> {
        SmallRepository repository = new SmallRepository(dir);
        BuiltModules.putInto(repository.modules());
        repository.commit();
        repository.commit();
      }
      default -> {
        // A word that stands for itself.
      }
    }
  }

  /** Records a buffer of Netty. */
  private static void record(Path file) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("io.netty.AllocateBuffer").withoutStackTrace();
      recording.enable("io.netty.FreeBuffer").withoutStackTrace();
      recording.start();
      new AdaptiveByteBufAllocator(true).directBuffer(200, 200).release();
      recording.stop();
      recording.dump(file);
    }
  }

  private CommandProcess run(List<String> call) throws IOException, InterruptedException {
    if (!call.contains(PID)) {
      return CommandProcess.in(dir, call);
    }
    List<String> options =
        List.of("-Dhakmem.jmx.enabled=1", "-Dhakmem.checks=full", "-Dhakmem.record=attach");
    try (WorkingJvm jvm = new WorkingJvm(options, "orders")) {
      call.replaceAll(word -> word.equals(PID) ? jvm.pid() : word);
      return CommandProcess.in(dir, call);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void example_ofAnyCommand_runs(HelpExample help) throws Exception {
    List<String> call = call(help);
    List<String> written = written(call);
    for (String word : call) {
      if (!written.contains(word)) {
        provide(word);
      }
    }
    CommandProcess run = run(call);
    assertThat(run.code()).as("%s: %s%s", call, run.out(), run.err()).isZero();
    assertThat(run.out()).isNotBlank();
    assertThat(written).allSatisfy(file -> assertThat(dir.resolve(file)).as(run.out()).exists());
  }
}
