package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlanTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long HALF_AN_HOUR_NS = HOUR_MS * 500_000;

  @Test
  void warmupEndNs_itsOwnTime_isNotThatOfTheMeasuredRounds() {
    Plan plan = new Plan(1, 1, HOUR_MS, 1);
    assertThat(plan.warmupEndNs() - System.nanoTime()).isGreaterThan(HALF_AN_HOUR_NS);
    assertThat(plan.endNs() - System.nanoTime()).isLessThan(HALF_AN_HOUR_NS);
  }

  @Test
  void warmupEndNs_onlyABudget_isThatOfBoth() {
    Plan plan = new Plan(1, 1, HOUR_MS);
    assertThat(plan.warmupEndNs() - System.nanoTime()).isGreaterThan(HALF_AN_HOUR_NS);
    assertThat(plan.endNs() - System.nanoTime()).isGreaterThan(HALF_AN_HOUR_NS);
  }
}
