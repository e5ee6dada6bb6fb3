package io.hakmem.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Medians, intervals, and what is concluded from them. */
final class EstimateTest {

  private static final int ROUNDS = 10;

  private static Estimate estimate(RandomGenerator random, double center, double noise) {
    return Estimate.of(
        IntStream.range(0, ROUNDS)
            .mapToDouble(_ -> center * (1 + noise * random.nextGaussian()))
            .toArray());
  }

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

  @Test
  void verdict_clearWin_isGo() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(Verdict.of(estimate(random, 1.1, 0.01), estimate(random, 1, 0.01)))
        .isEqualTo(Verdict.GO);
  }

  @Test
  void verdict_clearLoss_isNoGo() {
    SplittableRandom random = new SplittableRandom(2);
    assertThat(Verdict.of(estimate(random, 0.9, 0.01), estimate(random, 1, 0.01)))
        .isEqualTo(Verdict.NO_GO);
  }

  @Test
  void verdict_identicalDistributions_isNeutralInNineOfTenTries() {
    long neutral =
        IntStream.range(0, 10)
            .mapToObj(SplittableRandom::new)
            .map(random -> Verdict.of(estimate(random, 1, 0.02), estimate(random, 1, 0.02)))
            .filter(verdict -> verdict == Verdict.NEUTRAL)
            .count();
    assertThat(neutral).isGreaterThanOrEqualTo(9);
  }

  @Test
  void verdict_controlWiderThanTheDifference_isNeutral() {
    Estimate ratio = new Estimate(1.05, 1.04, 1.06);
    assertThat(Verdict.of(ratio, new Estimate(1, 0.99, 1.01))).isEqualTo(Verdict.GO);
    assertThat(Verdict.of(ratio, new Estimate(1, 0.94, 1.06))).isEqualTo(Verdict.NEUTRAL);
  }

  @Test
  void verdict_controlFurtherFromOneThanTheDifference_isNeutral() {
    Estimate ratio = new Estimate(0.95, 0.94, 0.96);
    assertThat(Verdict.of(ratio, new Estimate(1, 0.99, 1.01))).isEqualTo(Verdict.NO_GO);
    assertThat(Verdict.of(ratio, new Estimate(0.94, 0.93, 0.95))).isEqualTo(Verdict.NEUTRAL);
  }

  @Test
  void verdict_intervalAroundOne_isNeutral() {
    assertThat(Verdict.of(new Estimate(1.05, 0.99, 1.11), new Estimate(1, 1, 1)))
        .isEqualTo(Verdict.NEUTRAL);
  }
}
