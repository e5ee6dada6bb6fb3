package io.hakmem.bench.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.tune.Scores.Ratios;
import io.hakmem.bench.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recommended after rounds of which the truth is known. */
final class DecisionTest {

  private static final String CONTROL = "control";
  private static final List<String> FINALISTS = List.of("first", "second", "third", "joined");
  private static final int SEARCHES = 500;

  /** One process in ten is slowed by somebody else. */
  private static final int ONE_OF = 10;

  private static final double SLOWED = 0.7;

  /** What a finalist truly does, divided by what the base does. */
  private record Truth(double speed, double leanness) {

    private static final Truth SAME = new Truth(1, 1);
  }

  /** What one process measures where the truth is 1. */
  private static double measured(SplittableRandom random, double noise) {
    double slowed = random.nextInt(ONE_OF) == 0 ? SLOWED : 1;
    return slowed * Math.exp(noise * random.nextGaussian());
  }

  /** All processes of a round: the ratios are those to one process of the base. */
  private static Map<String, Ratios> round(
      Map<String, Truth> truths, double noise, SplittableRandom random) {
    double baseSpeed = measured(random, noise);
    double baseLeanness = measured(random, noise / 10);
    Map<String, Ratios> ratios = new LinkedHashMap<>();
    truths.forEach(
        (name, truth) ->
            ratios.put(
                name,
                new Ratios(
                    truth.speed * measured(random, noise) / baseSpeed,
                    truth.leanness * measured(random, noise / 10) / baseLeanness)));
    return ratios;
  }

  /** What is recommended after so many rounds. */
  private static Optional<String> recommended(
      Objective objective, Truth ofFirst, int rounds, double noise, long seed) {
    Map<String, Truth> truths = new LinkedHashMap<>();
    FINALISTS.forEach(name -> truths.put(name, Truth.SAME));
    truths.put(CONTROL, Truth.SAME);
    truths.put("first", ofFirst);
    SplittableRandom random = new SplittableRandom(seed);
    Scores scores = new Scores(objective);
    for (int i = 0; i < rounds; i++) {
      scores.add(round(truths, noise, random));
    }
    return Decision.of(objective, FINALISTS.size(), scores, CONTROL).recommended(FINALISTS);
  }

  private static int recommendations(Objective objective, int rounds, double noise) {
    int recommended = 0;
    for (int seed = 0; seed < SEARCHES; seed++) {
      recommended += recommended(objective, Truth.SAME, rounds, noise, seed).isPresent() ? 1 : 0;
    }
    return recommended;
  }

  /** Of 500 searches 5 may err by the bound, so that more than 10 have a reason. */
  @ParameterizedTest
  @CsvSource({
    "SPEED,3",
    "SPEED,5",
    "SPEED,6",
    "SPEED,7",
    "SPEED,10",
    "SPEED,30",
    "MEMORY,6",
    "MEMORY,10",
    "BOTH,3",
    "BOTH,7",
    "BOTH,10",
    "BOTH,30"
  })
  void noise_ofAnyLength_recommendsTheBase(Objective objective, int rounds) {
    assertThat(recommendations(objective, rounds, 0.02)).isLessThanOrEqualTo(10);
    assertThat(recommendations(objective, rounds, 0.1)).isLessThanOrEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noise_ofFewRounds_isNeverEnough(long seed) {
    for (Objective objective : Objective.values()) {
      int few = Decision.roundsNeeded(objective, FINALISTS.size()) - 1;
      assertThat(recommended(objective, new Truth(2, 2), few, 0.01, seed)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"SPEED,1.1,1", "MEMORY,1,1.1", "BOTH,1.1,1", "BOTH,1,1.1", "BOTH,1.1,1.1"})
  void tenPercent_afterEnoughRounds_isRecommended(
      Objective objective, double speed, double leanness) {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      Optional<String> recommended =
          recommended(objective, new Truth(speed, leanness), 30, 0.02, seed);
      assertThat(recommended.orElse("first")).isEqualTo("first");
      found += recommended.isPresent() ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(95);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void both_whereOneIsWorse_isNotRecommended(long seed) {
    assertThat(recommended(Objective.BOTH, new Truth(1.5, 0.8), 30, 0.02, seed)).isEmpty();
    assertThat(recommended(Objective.BOTH, new Truth(0.8, 1.5), 30, 0.02, seed)).isEmpty();
    assertThat(recommended(Objective.SPEED, new Truth(1.5, 0.8), 30, 0.02, seed)).isPresent();
    assertThat(recommended(Objective.MEMORY, new Truth(0.8, 1.5), 30, 0.02, seed)).isPresent();
  }

  /** Memory may be the same to the byte in each round. */
  @Test
  void figures_withoutNoise_areToldApartFromOnePercentOn() {
    assertThat(exact(1)).isEmpty();
    assertThat(exact(1.009)).isEmpty();
    assertThat(exact(1.02)).contains("first");
  }

  private static Optional<String> exact(double leanness) {
    Scores scores = new Scores(Objective.MEMORY);
    for (int i = 0; i < 10; i++) {
      scores.add(Map.of(CONTROL, new Ratios(1, 1), "first", new Ratios(1, leanness)));
    }
    return Decision.of(Objective.MEMORY, 1, scores, CONTROL).recommended(List.of("first"));
  }

  @Test
  void better_ofSeveral_theBestIsRecommended() {
    Scores scores = new Scores(Objective.SPEED);
    for (int i = 0; i < 10; i++) {
      scores.add(
          Map.of(
              CONTROL,
              new Ratios(1, 1),
              "first",
              new Ratios(1.1, 1),
              "second",
              new Ratios(1.3, 1)));
    }
    assertThat(
            Decision.of(Objective.SPEED, 2, scores, CONTROL)
                .recommended(List.of("first", "second")))
        .contains("second");
  }

  /** A process that fails leaves a round without a ratio. */
  @Test
  void roundsWithoutAFinalist_always_areNotCounted() {
    Scores scores = new Scores(Objective.SPEED);
    for (int i = 0; i < 10; i++) {
      scores.add(
          i < 4
              ? Map.of(CONTROL, new Ratios(1, 1), "first", new Ratios(2, 1))
              : Map.of(CONTROL, new Ratios(1, 1)));
    }
    Decision decision = Decision.of(Objective.SPEED, 1, scores, CONTROL);
    assertThat(decision.recommended(List.of("first"))).isEmpty();
    assertThat(decision.otherwise(List.of("first"))).isEqualTo(Verdict.TOO_FEW);
  }

  @ParameterizedTest
  @CsvSource({
    "SPEED,1,5",
    "SPEED,2,5",
    "SPEED,3,6",
    "SPEED,4,6",
    "MEMORY,4,6",
    "BOTH,1,5",
    "BOTH,4,7"
  })
  void roundsNeeded_forMoreChances_areMore(Objective objective, int finalists, int rounds) {
    assertThat(Decision.roundsNeeded(objective, finalists)).isEqualTo(rounds);
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void rank_always_growsWithEachRatio(Objective objective) {
    Ratios base = new Ratios(1, 1);
    Ratios better = new Ratios(1.1, 1.1);
    assertThat(objective.rank(base)).isEqualTo(1);
    assertThat(objective.rank(better)).isGreaterThan(1);
    assertThat(objective.rank(new Ratios(0.9, 0.9))).isLessThan(1);
  }

  @Test
  void rank_ofBoth_countsALossMoreThanAGain() {
    assertThat(Objective.BOTH.rank(new Ratios(1.5, 0.8))).isLessThan(1);
    assertThat(Objective.BOTH.rank(new Ratios(1.3, 0.97))).isGreaterThan(1.1);
  }
}
