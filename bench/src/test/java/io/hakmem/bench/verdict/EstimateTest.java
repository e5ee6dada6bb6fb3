package io.hakmem.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Medians and intervals. */
final class EstimateTest {

  @Test
  void of_equalRatios_isAPoint() {
    assertThat(Estimate.of(new double[] {1.5, 1.5, 1.5})).isEqualTo(new Estimate(1.5, 1.5, 1.5));
  }

  @Test
  void of_threeRatios_spansThemAll() {
    // A median of three drawn ones is the least of them in 7 of 27 cases.
    assertThat(Estimate.of(new double[] {1.3, 1.1, 1.2})).isEqualTo(new Estimate(1.2, 1.1, 1.3));
  }

  @Test
  void of_evenNumber_takesTheMiddleOfTwo() {
    assertThat(Estimate.of(new double[] {4, 1, 2, 3}).median()).isEqualTo(2.5);
  }

  @Test
  void of_outlier_hardlyMovesTheMedian() {
    double[] ratios = {1.01, 0.99, 1.00, 1.01, 0.99, 1.00, 1.01, 0.99, 1.00, 9.00};
    Estimate estimate = Estimate.of(ratios);
    assertThat(estimate.median()).isCloseTo(1, within(0.011));
    assertThat(estimate.high()).isLessThan(1.02);
  }

  @Test
  void of_sameRatiosTwice_isTheSameAndLeavesThemAlone() {
    double[] ratios = {1.2, 1.0, 1.1, 0.9};
    assertThat(Estimate.of(ratios)).isEqualTo(Estimate.of(ratios));
    assertThat(ratios).containsExactly(1.2, 1.0, 1.1, 0.9);
  }
}
