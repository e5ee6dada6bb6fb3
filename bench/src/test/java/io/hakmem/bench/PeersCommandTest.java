package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
final class PeersCommandTest {

  private static final String TRACE = "--workload=replay:" + TraceFiles.small();

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
        .containsExactly(
            "hakmem",
            "hakmem-checks-off",
            "hakmem-again",
            "floor-jvm",
            "floor-native",
            "native-mimalloc",
            "native-malloc");
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
