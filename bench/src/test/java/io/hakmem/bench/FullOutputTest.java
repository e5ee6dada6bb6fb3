package io.hakmem.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command ends with code 1 and one line when standard output takes nothing. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux'")
final class FullOutputTest {

  private static final int FAILED = 1;
  private static final int PAIRS = 1_000;
  private static final String TRACE = "--workload=replay:" + TraceFiles.small();
  private static final String ADVISED =
      """
      {"phases": [{"name": "82-final", "rows": [{"label": "both", "workload": "c6", "verdict": "GO",
        "a": {"cold_mops": 1}, "b": {"cold_mops": 1, "steady_mops": 2, "steady_ratio": 2}}]}]}
      """;

  @TempDir private Path dir;

  static Set<String> commands() {
    return HakmemCommand.commandLine().getSubcommands().keySet();
  }

  /** A call of each command that prints, as short as it can be; of a new one it must be said. */
  private List<String> call(String command) throws IOException {
    return switch (command) {
      case "mid-large-mt" -> List.of(command, "1", "9", "9", "1", "--warmup=0", "--runs=1");
      case "replay" -> List.of(command, TraceFiles.small().toString(), "--warmup=0", "--runs=1");
      case "measure" -> List.of(command, TRACE, "--warmup=0", "--runs=1");
      case "peers" -> List.of(command, TRACE, "--list", "--peers=native-malloc");
      case "footprint" ->
          List.of(command, "--here", "--row=large-waste", "--subject=hakmem", "--size=0.01");
      case "ab" -> List.of(command, "", "", TRACE, "--runs=1", "--budget-ms=1");
      case "turns" -> List.of(command, "", "", TRACE, "--runs=1", "--turn-ms=1", "--warmup-ms=1");
      case "sweep" -> List.of(command, "HAKMEM_CHECKS=on,off", TRACE, "--runs=1", "--budget-ms=1");
      case "trace" -> List.of(command, "info", TraceFiles.small().toString());
      case "tune" ->
          List.of(
              command,
              "--trace="
                  + Files.writeString(dir.resolve("long"), "a,0,0,64\nf,0,0\n".repeat(PAIRS)),
              "--budget=1s",
              "--to=" + dir.resolve("tuned.properties"));
      case "report" -> List.of(command, "results/ab-2026-11-26-beside-legacy.json");
      case "profile" -> List.of(command, "--budget-ms=100", "--html=" + dir.resolve("flame.html"));
      case "reproduce" -> List.of(command, "81", "--runs=5", "--ops=9", "--budget-ms=1", out());
      case "recommend" ->
          List.of(command, "--from", Files.writeString(dir.resolve("in"), ADVISED).toString());
      case "jmh" -> List.of(command, "--list");
      case "new-box" ->
          List.of(command, "demo", "--sizes=16", "--place=40", "--to=" + dir + "/box");
      case "fuzz" -> List.of(command, "--operations=1", "--threads=1", "--seed=1");
      case "soak" -> List.of(command, "--minutes=0.001", "--threads=1", "--burst-mib=1");
      case "top", "compose", "gates" -> List.of(command);
      default -> throw new AssertionError("no call is known that lets " + command + " print");
    };
  }

  private String out() {
    return "--out=" + dir.resolve("report");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofAnyCommand_isRefused(String command) throws IOException {
    assertFails(List.of(command, "--help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "gates", "compose", "compose --json"})
  void quickCalls_always_areRefused(String call) throws IOException {
    assertFails(List.of(call.split(" ", -1)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  @Tag("slow")
  @Timeout(60)
  void result_ofAnyCommand_isRefused(String command) throws IOException {
    if (command.equals("top")) {
      try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.jmx.enabled=1"), "orders")) {
        assertFails(List.of(command, jvm.pid(), "--interval=0.05"));
      }
    } else if (command.equals("heap")) {
      try (WorkingJvm jvm = new WorkingJvm(List.of("-Dhakmem.checks=full"), "orders")) {
        assertFails(List.of(command, jvm.pid()));
      }
    } else if (command.equals("record")) {
      List<String> options = List.of("-Dhakmem.jmx.enabled=1", "-Dhakmem.record=attach");
      try (WorkingJvm jvm = new WorkingJvm(options, "orders")) {
        assertFails(List.of(command, jvm.pid(), "--seconds=1", "--to=" + dir.resolve("trace")));
      }
    } else {
      assertFails(call(command));
    }
  }

  private static void assertFails(List<String> call) throws IOException {
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      StringWriter err = new StringWriter();
      int code =
          HakmemCommand.commandLine()
              .setOut(StandardOutput.writer(full))
              .setErr(new PrintWriter(err, true))
              .execute(call.toArray(String[]::new));
      assertThat(code).as(err.toString()).isEqualTo(FAILED);
      assertThat(err.toString().lines().filter(line -> !line.startsWith("hakmem: not started by")))
          .as(call.toString())
          .singleElement()
          .asString()
          .startsWith("hakmem: standard output");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gates", "compose", "compose --json", "measure --help"})
  void output_ofAQuietWriter_isAskedForAtTheEnd(String call) throws IOException {
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      StringWriter err = new StringWriter();
      int code =
          HakmemCommand.commandLine()
              .setOut(new PrintWriter(full, true, UTF_8))
              .setErr(new PrintWriter(err, true))
              .execute(call.split(" ", -1));
      assertThat(code).isEqualTo(FAILED);
      assertThat(err.toString()).startsWith("hakmem: standard output").hasLineCount(1);
    }
  }
}
