package io.hakmem.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from rounds of which the truth is known. */
final class DecisionRuleTest {

  private static final int TRIES = 1000;

  private static double[] all(int rounds, double ratio) {
    return DoubleStream.generate(() -> ratio).limit(rounds).toArray();
  }

  /** The verdict on B, which is so many times as fast as A. */
  private static Verdict verdict(
      DecisionRule rule, int rounds, double truth, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // One process in ten is slowed by somebody else.
    DoubleSupplier measured =
        () -> (random.nextInt(10) == 0 ? 0.7 : 1) * Math.exp(noise * random.nextGaussian());
    double[] ratios = new double[rounds];
    double[] control = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      double ofA = measured.getAsDouble();
      ratios[i] = truth * measured.getAsDouble() / ofA;
      control[i] = measured.getAsDouble() / ofA;
    }
    return rule.verdict(ratios, control);
  }

  /** Of 1000 tries 10 may err by the bound, so that more than 20 have a reason. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 10, 20, 40})
  void verdict_ofNoise_isHardlyEverADifference(int rounds) {
    int wrong = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      Verdict verdict = verdict(DecisionRule.OF_ONE, rounds, 1, 0.02, seed);
      wrong += verdict == Verdict.GO || verdict == Verdict.NO_GO ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"1.1,20,GO", "0.9,20,NO_GO", "1.02,40,GO", "0.98,40,NO_GO"})
  void verdict_ofADifference_isMostlyFound(double truth, int rounds, Verdict expected) {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      Verdict verdict = verdict(DecisionRule.OF_ONE, rounds, truth, 0.01, seed);
      assertThat(verdict).isIn(expected, Verdict.NEUTRAL);
      found += verdict == expected ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(70);
  }

  @ParameterizedTest
  @CsvSource({"1,5", "2,6", "3,6", "7,7", "16,8", "63,9"})
  void roundsNeeded_forMoreComparisons_areMore(int comparisons, int rounds) {
    DecisionRule rule = DecisionRule.ofComparisons(comparisons);
    assertThat(rule.roundsNeeded()).isEqualTo(rounds);
    assertThat(rule.verdict(all(rounds - 1, 2), all(rounds - 1, 1))).isEqualTo(Verdict.TOO_FEW);
    assertThat(rule.verdict(all(rounds, 2), all(rounds, 1))).isEqualTo(Verdict.GO);
    assertThat(rule.verdict(all(rounds, 0.5), all(rounds, 1))).isEqualTo(Verdict.NO_GO);
  }

  @Test
  void verdict_ofNoRounds_isThatTheyAreTooFew() {
    assertThat(DecisionRule.OF_ONE.verdict(new double[0], new double[0]))
        .isEqualTo(Verdict.TOO_FEW);
  }

  @Test
  void verdict_controlAsFarFromOne_isNeutral() {
    assertThat(DecisionRule.OF_ONE.verdict(all(10, 0.95), all(10, 0.99))).isEqualTo(Verdict.NO_GO);
    assertThat(DecisionRule.OF_ONE.verdict(all(10, 0.95), all(10, 1.06)))
        .isEqualTo(Verdict.NEUTRAL);
    assertThat(DecisionRule.OF_ONE.verdict(all(10, 0.95), all(10, 0.94)))
        .isEqualTo(Verdict.NEUTRAL);
  }

  /** Better than A and the control in four rounds of ten is luck. */
  @Test
  void verdict_fewRoundsWon_isNeutral() {
    double[] ratios = all(10, 1.001);
    double[] control = all(10, 1.0005);
    assertThat(DecisionRule.OF_ONE.verdict(ratios, control)).isEqualTo(Verdict.GO);
    Arrays.fill(ratios, 0, 6, 1.0001);
    assertThat(DecisionRule.OF_ONE.verdict(ratios, control)).isEqualTo(Verdict.NEUTRAL);
  }

  @Test
  void verdict_withinTheLeastDifference_isNeutral() {
    DecisionRule rule = new DecisionRule(2, 0.01);
    assertThat(rule.verdict(all(10, 1.009), all(10, 1))).isEqualTo(Verdict.NEUTRAL);
    assertThat(rule.verdict(all(10, 1.011), all(10, 1))).isEqualTo(Verdict.GO);
  }
}
