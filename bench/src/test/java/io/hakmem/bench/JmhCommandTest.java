package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.micro.Catalog;
import io.hakmem.bench.micro.Microbenchmark;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JmhCommandTest {

  private static final List<String> BOX_MODULES =
      List.of("pool-core", "mid-desc", "pool-v1-flat", "pool-v2", "smallmid", "tiny-front");

  @TempDir private Path dir;

  @Test
  void list_always_namesEachBenchmarkBelowItsModule() {
    CommandRun run = CommandRun.of("jmh", "-l");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).containsAll(BOX_MODULES).contains("bench");
    assertThat(Catalog.all())
        .allSatisfy(one -> assertThat(run.out()).containsPattern(one.label() + " +[a-z]"));
    assertThat(run.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void list_withPattern_namesWhatItMatches() {
    assertThat(CommandRun.of("jmh", "--list", "MID-desc.*nopage").out().lines())
        .hasSize(2)
        .first()
        .isEqualTo("mid-desc");
  }

  @Test
  void eachModule_always_hasABaseline() {
    assertThat(Catalog.matching("\\.baseline$"))
        .extracting(Microbenchmark::module)
        .containsAll(BOX_MODULES);
  }

  @Tag("slow")
  @Test
  void run_json_isTheResultWithItsModuleAndMeaning() throws IOException {
    Path page = dir.resolve("page.html");
    JsonNode report =
        CommandRun.json(
            "jmh",
            "PoolV1Benchmark.baseline$",
            "--quick",
            "--time=20",
            "--json",
            "--prof=gc",
            "--html=" + page);
    assertThat(report.path("failed")).isEmpty();
    assertThat(report.path("machine").path("cores").asInt()).isPositive();
    assertThat(report.path("results")).hasSize(1);
    JsonNode result = report.path("results").path(0);
    assertThat(result.path("module").asText()).isEqualTo("pool-core");
    assertThat(result.path("meaning").asText()).startsWith("nothing");
    assertThat(result.path("forks").asInt()).isEqualTo(1);
    assertThat(result.path("measurementTime").asText()).isEqualTo("20 ms");
    assertThat(result.path("primaryMetric").path("score").asDouble()).isPositive();
    assertThat(result.path("primaryMetric").path("rawData").path(0)).hasSize(2);
    assertThat(result.path("secondaryMetrics").has("gc.alloc.rate.norm")).isTrue();
    Browser.check(Files.readString(page));
  }

  @Test
  void run_table_hasALineForEachParameter() {
    CommandRun run =
        CommandRun.of("jmh", "MidDesc.*(NoPage|baseline)", "--forks=0", "--quick", "--time=5");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).matches("MidDescBenchmark.baseline .* ns/op +2"),
            line -> assertThat(line).matches("MidDescBenchmark.lookupNoPage cache=0 .* ns/op +2"),
            line -> assertThat(line).matches("MidDescBenchmark.lookupNoPage cache=1 .* ns/op +2"));
  }

  @Test
  void run_param_measuresItsValuesAlone() {
    CommandRun run =
        CommandRun.of(
            "jmh",
            "MidDesc.*(NoPage|baseline)",
            "--param=cache=1",
            "--forks=0",
            "--quick",
            "--time=5");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("MidDescBenchmark.baseline "),
            line -> assertThat(line).startsWith("MidDescBenchmark.lookupNoPage cache=1 "));
  }

  @Test
  void run_benchmarkThatFails_saysTheReasonAndGoesOn() {
    System.setProperty("hakmem.checks", "maybe");
    try {
      CommandRun run =
          CommandRun.of("jmh", "Smallmid.*(hit|baseline)$", "--forks=0", "--quick", "--time=5");
      assertThat(run.out())
          .containsPattern("SmallmidBenchmark.baseline .* ns/op")
          .containsPattern("SmallmidBenchmark.hit FAILED: .*HAKMEM_CHECKS");
      assertThat(run.code()).isEqualTo(1);
    } finally {
      System.clearProperty("hakmem.checks");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jmh no-such             | pattern=no-such is in the name of no benchmark; there are those",
        "jmh no-such             | pool-v1-flat/FlattenBenchmark, pool-v2/PoolV2Benchmark",
        "jmh -l no-such          | pattern=no-such is in the name of no benchmark",
        "jmh [                   | pattern=[ is no regular expression",
        "jmh                     | Missing pattern",
        "jmh hit --forks=-1      | --forks=-1 must be in [0, 1000]",
        "jmh hit --iterations=0  | --iterations=0 must be in [1, 1000]",
        "jmh hit --time 0        | --time=0 must be in [1, 600000]",
        "jmh hit --param no=1    | --param=no is no parameter here; there are [",
        "jmh hit --prof no-such  | prof=no-such is refused by JMH",
        "jmh hit --html /proc/x | --html=/proc/x cannot be written",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String call, String reason) {
    CommandRun.of(call.split("\\s+", -1)).assertRefused(2, reason);
  }
}
