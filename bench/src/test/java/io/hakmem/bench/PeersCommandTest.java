package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.Compositions;
import io.hakmem.bench.builds.BuiltModules;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
final class PeersCommandTest {

  private static final String TRACE = "--workload=replay:" + TraceFiles.small();

  private static final String[] ALWAYS = {
    "hakmem", "hakmem-checks-off", "hakmem-again", "floor-jvm", "floor-native"
  };

  @TempDir private Path dir;

  @Test
  void peers_tinyTrace_isOneJsonObjectWithEachRow() throws IOException {
    Path page = dir.resolve("peers.html");
    JsonNode report =
        CommandRun.json(
            "peers",
            TRACE,
            "--runs=1",
            "--budget-ms=1",
            "--measure=speed",
            "--peers=native-malloc,native-mimalloc",
            "--html=" + page,
            "--json");
    assertThat(report.path("rows").findValuesAsText("name"))
        .startsWith(ALWAYS)
        .endsWith("native-mimalloc", "native-malloc")
        .hasSize(ALWAYS.length + 2);
    JsonNode own = report.path("rows").path(0);
    assertThat(own.path("hakmem_ratio").asDouble()).isEqualTo(1);
    assertThat(own.path("composition").asText()).contains("THROUGHPUT");
    assertThat(report.path("rows").path(1).path("composition").asText())
        .contains("HAKMEM_CHECKS=off");
    assertThat(report.path("machine").path("cores").asInt()).isPositive();
    assertThat(report.path("plan").path("allocs").asInt()).isEqualTo(19);
    assertThat(Files.readString(page)).contains("<td>native-malloc</td>").endsWith("</html>\n");
    Browser.check(Files.readString(page));
  }

  @Test
  void peers_ofOtherBuilds_haveARowForEachThatNamesIt() throws IOException {
    Path same = BuiltModules.putInto(dir.resolve("same"));
    Path older = BuiltModules.putInto(dir.resolve("older"));
    BuiltModules.remove(older, Compositions.class);
    JsonNode report = CommandRun.json(ofBuilds(same, older, "--json"));
    assertThat(report.path("rows").findValuesAsText("name"))
        .startsWith(ALWAYS)
        .endsWith("hakmem-a", "hakmem-b", "native-malloc")
        .hasSize(ALWAYS.length + 3);
    JsonNode row = report.path("rows").path(5);
    assertThat(row.path("absent").isMissingNode()).as(row.toString()).isTrue();
    assertThat(row.path("modules").asText()).isEqualTo(same.toString());
    assertThat(row.path("steady_mops").asDouble()).isPositive();
    assertThat(row.path("composition")).isEqualTo(report.path("rows").path(0).path("composition"));
    assertThat(report.path("rows").path(0).has("modules")).isFalse();
    assertThat(report.path("rows").path(6).path("absent").asText())
        .startsWith("build of " + older + ": a fork ended with 1: ")
        .contains(
            "the loads of this build do not run on the allocator that is on the path: "
                + "java.lang.NoClassDefFoundError: io/hakmem/Compositions");
  }

  @Test
  void peers_ofABuild_sayWhichAboveTheTable() throws IOException {
    Path same = BuiltModules.putInto(dir.resolve("same"));
    CommandRun run = CommandRun.of(ofBuilds(same, same));
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .contains("  hakmem-a: build of " + same, "  hakmem-b: build of " + same)
        .anyMatch(line -> line.matches("  hakmem-a +\\d.*"));
  }

  private static String[] ofBuilds(Path a, Path b, String... options) {
    List<String> call = new ArrayList<>(List.of("peers", TRACE, "--runs=1", "--budget-ms=1"));
    call.addAll(List.of("--measure=speed", "--peers=native-malloc"));
    call.addAll(List.of("--modules-a=" + a, "--modules-b=" + b));
    call.addAll(List.of(options));
    return call.toArray(String[]::new);
  }

  @Test
  void measure_latencyAndMemory_addTheirFields() throws IOException {
    JsonNode latency = measured("latency");
    assertThat(latency.path("allocate_p999_ns").asLong()).isPositive();
    assertThat(latency.path("allocate_max_ns").asLong())
        .isGreaterThanOrEqualTo(latency.path("allocate_p999_ns").asLong());
    // The figures are of a JVM of its own; the tests' JVM has memory to reuse.
    assertThat(measured("memory").fieldNames())
        .toIterable()
        .contains("peak_rss_growth_bytes", "burst_peak_bytes", "burst_retained_bytes");
  }

  private static JsonNode measured(String measure) throws IOException {
    return CommandRun.json(
        "measure", TRACE, "--measure=" + measure, "--warmup=1", "--runs=3", "--json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peers --workload none    | --workload=none is not one of c6, mixed, mid-large",
        "peers --peers a,jvm-arena| --peers=a: not one of native-mimalloc, native-mimalloc-system,",
        "peers --threads 0        | --threads=0 must be in [1, 1024]",
        "peers --runs 0           | --runs=0 must be in [1, 10000]",
        "peers --measure size     | --measure=size is not one of speed, latency, memory",
        "peers --html /none/page  | --html=/none/page cannot be written",
        "peers --profile none     | HAKMEM_PROFILE=none",
        "peers --modules-a /none  | --modules-a=/none is no folder",
        "peers --commit-b none    | --commit-b=none is no commit of",
        "measure --workload none  | --workload=none is not one of c6, mixed, mid-large",
        "measure --threads 0      | --threads=0 must be in [1, 1024]",
        "measure --measure size   | --measure=size is not one of speed, latency, memory",
        "measure --peers          | --peers: this measures one subject",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String call, String reason) {
    CommandRun.of(call.split("\\s+", -1)).assertRefused(2, reason);
  }

  @Test
  void peers_noTrace_isOneLineAndCodeOne() {
    CommandRun.of("peers", "--workload", "replay:none").assertRefused(1, "none: no such file");
  }
}
