package io.hakmem.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.Composition;
import io.hakmem.Stats;
import io.hakmem.bench.report.ComparisonTable;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  private static final Configuration ON = Configuration.parse(Side.A, "HAKMEM_CHECKS=on");
  private static final Configuration OFF = Configuration.parse(Side.B, "HAKMEM_CHECKS=off");

  /** What a fork that ran with a configuration says. */
  private static Report report(Configuration ran, double steady) {
    return report(ran, steady, new TreeMap<>(Map.of("refills", Math.round(steady * 1000))));
  }

  private static Report report(Configuration ran, double steady, SortedMap<String, Long> counters) {
    return report(ran, steady, counters, List.of(), List.of());
  }

  private static Report report(
      Configuration ran,
      double steady,
      SortedMap<String, Long> counters,
      List<Composition.Box> boxes,
      List<Stats.SizeClass> sizeClasses) {
    List<Composition.GateValue> gates =
        ran.values().entrySet().stream()
            .map(gate -> new Composition.GateValue(gate.getKey(), gate.getValue(), "builder"))
            .toList();
    Composition composition =
        new Composition(
            "os",
            "mid-desc",
            boxes,
            new Composition.Blocks(0, true, false, false),
            gates,
            List.of());
    Map<String, Object> report =
        Map.of(
            "composition",
            composition.toString(),
            "composed",
            new Report.Composed(composition, sizeClasses),
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
    for (int i = 0; i < DecisionRule.OF_ONE.roundsNeeded(); i++) {
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
            "  5 rounds, each of A, B and A again as control, each in its own JVM",
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
  void print_longNameOfACounter_widensTheColumn() {
    SortedMap<String, Long> counters =
        new TreeMap<>(Map.of("refills", 7L, "a_name_of_a_counter_that_is_long", 1_000_000L));
    List<String> rows =
        printed(comparison(report(ON, 100, counters), report(OFF, 100, counters)))
            .lines()
            .dropWhile(line -> !line.startsWith("  counters"))
            .takeWhile(line -> !line.startsWith("  verdict"))
            .toList();
    assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
  }

  @Test
  void verdict_fourRounds_isThatTheyAreTooFew() {
    Comparison comparison = new Comparison(ON, OFF);
    for (int i = 0; i < DecisionRule.OF_ONE.roundsNeeded() - 1; i++) {
      comparison.add(
          Map.of(Side.A, report(ON, 100), Side.B, report(OFF, 200), Side.CONTROL, report(ON, 100)));
    }
    assertThat(comparison.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(printed(comparison))
        .contains("verdict: TOO FEW, too few rounds for a verdict, 4 of at least 5");
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
    for (int i = 0; i < DecisionRule.OF_ONE.roundsNeeded(); i++) {
      Report report = report(ON, 100);
      comparison.add(Map.of(Side.A, report, Side.B, report, Side.CONTROL, report));
    }
    assertThat(printed(comparison))
        .contains("same: A and B are the same configuration")
        .contains("verdict: NEUTRAL")
        .doesNotContain("void:");
  }

  private static final Composition.Box FRONT =
      new Composition.Box("smallmid", 60, List.of(256L, 512L, 1024L), List.of(256L, 512L));
  private static final Composition.Box POOL =
      new Composition.Box("pool-v1", 200, List.of(256L, 512L, 8192L), List.of(8192L));

  /** A front without pages: the pool behind it counts what comes of its sizes. */
  private static Stats.SizeClass ofPool(long blockBytes, long allocations) {
    return new Stats.SizeClass("pool-v1", blockBytes, 1, 0, 0, allocations, 0);
  }

  private static @Nullable String voidReason(
      String gates, SortedMap<String, Long> counters, Stats.SizeClass... sizeClasses) {
    Configuration a = Configuration.parse(Side.A, "THROUGHPUT");
    Configuration b = Configuration.parse(Side.B, "THROUGHPUT " + gates);
    List<Stats.SizeClass> figures = List.of(sizeClasses);
    Report ofA = report(a, 100, new TreeMap<>(Map.of("x", 1L)), List.of(POOL), figures);
    Report ofB = report(b, 110, counters, List.of(FRONT, POOL), figures);
    Comparison comparison = new Comparison(a, b);
    comparison.add(Map.of(Side.A, ofA, Side.B, ofB, Side.CONTROL, ofA));
    return comparison.voidReason();
  }

  private static SortedMap<String, Long> counted(String counter, long count) {
    return new TreeMap<>(Map.of(counter, count));
  }

  @Test
  void voidReason_boxWithoutABlockOfItsSizes_isThatItsGateDidNothing() {
    String reason =
        voidReason(
            "HAKMEM_SMALLMID_ENABLE=1",
            counted("smallmid_refills", 2),
            ofPool(256, 0),
            ofPool(8192, 77));
    assertThat(reason)
        .isEqualTo(
            "a fork of B: no block was handed out of a class of the box (smallmid, place 60, serves"
                + " 256-512 B (2 of 3 classes)); HAKMEM_SMALLMID_ENABLE=1 did nothing");
  }

  @Test
  void voidReason_blocksOfASizeThatTheBoxServes_isNone() {
    SortedMap<String, Long> counters = counted("smallmid_refills", 2);
    assertThat(voidReason("HAKMEM_SMALLMID_ENABLE=1", counters, ofPool(512, 1))).isNull();
    assertThat(voidReason("hakmem.smallmid.enable=on", counters, ofPool(512, 1))).isNull();
    assertThat(voidReason("hakmem.smallmid.enable=on", counters, ofPool(8192, 1))).isNotNull();
  }

  @Test
  void voidReason_poolWhoseSizesAFrontServes_isNoneWhenItsPagesServe() {
    SortedMap<String, Long> counters = counted("x", 2);
    String gate = "HAKMEM_POOL_CLASSES=original";
    assertThat(voidReason(gate, counters, ofPool(512, 1))).isNull();
    assertThat(voidReason(gate, counters, ofPool(512, 0))).contains("pool-v1", gate);
  }

  @Test
  void voidReason_gateOfTheDirectory_needsACounterOfItsName() {
    String gate = "HAKMEM_MID_DESC_CACHE_ENABLED=1";
    assertThat(voidReason(gate, counted("mid_desc_cache_hits", 3))).isNull();
    assertThat(voidReason(gate, counted("mid_desc_cache_hits", 0)))
        .isEqualTo("a fork of B: mid-desc counted nothing; " + gate + " did nothing");
  }
}
