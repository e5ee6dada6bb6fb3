package io.hakmem.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.verdict.Verdict;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Rounds.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What turns come to, whatever took them. */
final class TurnsReportTest {

  private static final TurnPlan PLAN = new TurnPlan(5, 1, 1);
  private static final MidLarge LOAD = new MidLarge(1, 1000, 10, 1, 16, 64);
  private static final Census ROUND = LOAD.census();
  private static final Map<String, String> GATES = Map.of("HAKMEM_CHECKS", "on");
  private static final Map<String, String> OTHER_GATES = Map.of("HAKMEM_CHECKS", "off");

  /** A side that only says how long a round took, and counts the calls of some rounds. */
  private record FakeSide(
      long nsOfRound,
      long countedRounds,
      String composition,
      Map<String, String> gates,
      @Nullable String missingGate)
      implements TurnSide {

    @Override
    public Turn turn(long turnNs) {
      return new Turn(1, nsOfRound);
    }

    @Override
    public SideFacts facts() {
      SortedMap<String, Long> counters = new TreeMap<>();
      counters.put("allocations", countedRounds * ROUND.calls().allocs());
      counters.put("frees", countedRounds * ROUND.calls().frees());
      return new SideFacts(composition, new TreeMap<>(gates), missingGate, counters);
    }

    @Override
    public void close() {}
  }

  private static FakeSide side(long nsOfRound) {
    return new FakeSide(nsOfRound, PLAN.runs(), "a composition", GATES, null);
  }

  private static TurnsReport report(FakeSide a, FakeSide b) throws IOException {
    List<Series> sides = new ArrayList<>();
    for (FakeSide side : List.of(a, b, side(a.nsOfRound()))) {
      AllocatorBuild running = AllocatorBuild.RUNNING;
      Series series = new Series("side " + sides.size(), "", running, side, LOAD.ops());
      for (int i = 0; i < PLAN.runs(); i++) {
        series.measure(PLAN.turnNs());
      }
      sides.add(series);
    }
    return TurnsReport.of("load", 1, PLAN, Machine.now(), ROUND, sides, Map.of());
  }

  @Test
  void report_ofSideThatTakesHalfTheTime_isGoWithItsRatio() throws IOException {
    TurnsReport report = report(side(2000), side(1000));
    assertThat(report.verdict()).isEqualTo(Verdict.GO);
    assertThat(report.ratio()).isEqualTo(2);
    assertThat(report.control()).isEqualTo(1);
    assertThat(report.sides().getFirst().mops()).isEqualTo(LOAD.ops() * 1e3 / 2000);
    assertThat(report.sides().get(1).turnsMops()).hasSize(PLAN.runs());
    assertThat(report.sameConfiguration()).isTrue();
  }

  @Test
  void report_ofEqualSides_isNeutral() throws IOException {
    assertThat(report(side(1000), side(1000)).verdict()).isEqualTo(Verdict.NEUTRAL);
  }

  @Test
  void report_ofSideWhoseCountersDoNotMove_isVoid() throws IOException {
    FakeSide idle = new FakeSide(1000, 0, "a composition", GATES, null);
    assertVoid(report(side(2000), idle), "side 1 counted 0 allocations, of ");
  }

  @Test
  void report_ofSideThatCountsMoreThanItsLoadMade_isVoid() throws IOException {
    FakeSide busy = new FakeSide(1000, PLAN.runs() + 1, "a composition", GATES, null);
    assertVoid(report(busy, side(1000)), "side 0 counted ");
  }

  @Test
  void report_ofOtherGatesWithOneComposition_isVoid() throws IOException {
    FakeSide other = new FakeSide(1000, PLAN.runs(), "a composition", OTHER_GATES, null);
    assertVoid(report(side(1000), other), "different gates, but their compositions are identical");
  }

  @Test
  void report_ofOtherGatesWithOtherCompositions_isNotVoid() throws IOException {
    FakeSide other = new FakeSide(1000, PLAN.runs(), "another", OTHER_GATES, null);
    TurnsReport report = report(side(1000), other);
    assertThat(report.voidReason()).isNull();
    assertThat(report.sameConfiguration()).isFalse();
  }

  @Test
  void report_ofGateThatDidNotArrive_isVoid() throws IOException {
    FakeSide lost = new FakeSide(1000, PLAN.runs(), "another", GATES, "HAKMEM_CHECKS=on");
    assertVoid(report(side(1000), lost), "side 1 did not run with HAKMEM_CHECKS=on");
  }

  private static void assertVoid(TurnsReport report, String reason) {
    assertThat(report.verdict()).isEqualTo(Verdict.VOID);
    assertThat(report.voidReason()).contains(reason);
  }
}
