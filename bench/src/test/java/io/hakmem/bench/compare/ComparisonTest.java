package io.hakmem.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.report.ComparisonTable;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  private static final Configuration ON = Configuration.parse(Side.A, "HAKMEM_CHECKS=on");
  private static final Configuration OFF = Configuration.parse(Side.B, "HAKMEM_CHECKS=off");

  /** What a fork that ran with a configuration says. */
  private static Report report(Configuration ran, double steady) {
    return report(ran, steady, new TreeMap<>(Map.of("refills", Math.round(steady * 1000))));
  }

  private static Report report(Configuration ran, double steady, SortedMap<String, Long> counters) {
    String gates =
        ran.values().entrySet().stream()
            .map(gate -> "gate         %s=%s (builder)".formatted(gate.getKey(), gate.getValue()))
            .collect(Collectors.joining("\n"));
    Map<String, Object> report =
        Map.of(
            "composition",
            "page source  os\n" + gates,
            "cold_mops",
            steady / 10,
            "steady_mops",
            steady,
            "counters",
            counters);
    try {
      return Json.read(Json.text(report), Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Comparison comparison(Report a, Report b) {
    Comparison comparison = new Comparison(ON, OFF);
    for (int i = 0; i < Comparison.LEAST_ROUNDS; i++) {
      comparison.add(Map.of(Side.A, a, Side.B, b, Side.CONTROL, report(ON, 100)));
    }
    return comparison;
  }

  private static String printed(Comparison comparison) {
    StringWriter text = new StringWriter();
    ComparisonTable.print(ComparisonResult.of("c6", comparison), new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void print_measuredRounds_areMediansRatiosCountersAndVerdict() {
    Comparison comparison = comparison(report(ON, 100), report(OFF, 125));
    comparison.drop(4, "B: a fork ended with 134: SIGABRT");
    assertThat(printed(comparison).lines().skip(2))
        .containsExactly(
            "  A  HAKMEM_CHECKS=on",
            "  B  HAKMEM_CHECKS=off",
            "  3 rounds, each of A, B and A again as control, each in its own JVM",
            "  dropped: round 4, B: a fork ended with 134: SIGABRT",
            "  median             cold    steady   cold/A  steady/A  95 % interval",
            "  A                 10.00    100.00                     -",
            "  B                 12.50    125.00    1.250     1.250  1.250 to 1.250",
            "  control           10.00    100.00    1.000     1.000  1.000 to 1.000",
            "  counters of the last forks                 A               B",
            "    refills                            100,000         125,000",
            "  verdict: GO, B is faster than A");
  }

  @Test
  void fields_measuredRounds_areTheSameFacts() throws IOException {
    JsonNode fields =
        new JsonMapper()
            .readTree(
                Json.text(ComparisonResult.of("c6", comparison(report(ON, 100), report(OFF, 80)))));
    assertThat(fields.path("verdict").asText()).isEqualTo("NO-GO");
    assertThat(fields.path("void").isNull()).isTrue();
    assertThat(fields.path("same_configuration").asBoolean()).isFalse();
    assertThat(fields.path("b").path("steady_ratio_high").asDouble()).isEqualTo(0.8);
    assertThat(fields.path("control").path("cold_ratio").asDouble()).isEqualTo(1);
    assertThat(fields.path("b").path("counters").path("refills").asInt()).isEqualTo(80_000);
  }

  @Test
  void verdict_forkWithoutCounters_isVoid() {
    Report without = report(OFF, 125, new TreeMap<>());
    Comparison comparison = comparison(report(ON, 100), without);
    assertThat(comparison.verdict()).isEqualTo(Verdict.VOID);
    assertThat(printed(comparison)).contains("void: a fork of B reports no counters");
  }

  @Test
  void verdict_differentGatesOfOneComposition_isVoid() {
    Comparison comparison = comparison(report(ON, 100), report(ON, 100));
    assertThat(comparison.verdict()).isEqualTo(Verdict.VOID);
    assertThat(comparison.voidReason()).contains("compositions and counters are identical");
  }

  @Test
  void verdict_gateThatDidNotArrive_isVoid() {
    Comparison comparison = comparison(report(ON, 100), report(ON, 125));
    assertThat(comparison.voidReason()).isEqualTo("a fork of B did not run with HAKMEM_CHECKS=off");
  }

  @Test
  void verdict_sameConfiguration_comesFromTheNumbers() {
    Comparison comparison = new Comparison(ON, ON);
    for (int i = 0; i < Comparison.LEAST_ROUNDS; i++) {
      Report report = report(ON, 100);
      comparison.add(Map.of(Side.A, report, Side.B, report, Side.CONTROL, report));
    }
    assertThat(printed(comparison))
        .contains("same: A and B are the same configuration")
        .contains("verdict: NEUTRAL")
        .doesNotContain("void:");
  }
}
