package io.hakmem.bench.reproduce;

import io.hakmem.bench.reproduce.Phase.Extra;
import io.hakmem.bench.verdict.DecisionRule;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured, so that the time is known before.
 *
 * @param rounds the rounds of each comparison
 * @param budgetMs the time for the warm-up of a fork, and for what is measured
 * @param forks all JVMs that are started
 * @param secondsEach how long one takes, about
 */
public record Schedule(int rounds, int budgetMs, int forks, double secondsEach) {

  private static final int ROUNDS = 10;
  private static final int BUDGET_MS = 500;
  private static final int QUICK_BUDGET_MS = 300;

  /** Fewer end without a verdict. */
  public static final int LEAST_ROUNDS = DecisionRule.OF_ONE.roundsNeeded();

  private static final int MOST_QUICK_ROUNDS = 6;

  /** Of the seven minutes that a quick run may take, with room for a slower machine. */
  private static final double QUICK_SECONDS = 240;

  /** Until the command runs in a new JVM, and after it is done. */
  private static final double START_SECONDS = 0.85;

  /** Plans the phases; what is given wins over what would be chosen. */
  public static Schedule of(
      List<Phase> phases, boolean quick, @Nullable Integer runs, @Nullable Integer budgetMs) {
    int budget = Objects.requireNonNullElse(budgetMs, quick ? QUICK_BUDGET_MS : BUDGET_MS);
    double seconds = START_SECONDS + 2 * budget / 1e3;
    int once = once(phases);
    int eachRound = eachRound(phases);
    int rounds =
        Objects.requireNonNullElse(runs, quick ? quickRounds(once, eachRound, seconds) : ROUNDS);
    return new Schedule(rounds, budget, once + rounds * eachRound, seconds);
  }

  private static int quickRounds(int once, int eachRound, double seconds) {
    double fit = (QUICK_SECONDS / seconds - once) / Math.max(1, eachRound);
    return (int) Math.clamp(fit, LEAST_ROUNDS, MOST_QUICK_ROUNDS);
  }

  private static int once(List<Phase> phases) {
    return phases.stream()
        .mapToInt(
            phase -> (phase.has(Extra.HOT_SYMBOLS) ? 1 : 0) + (phase.has(Extra.CRASH_TEST) ? 1 : 0))
        .sum();
  }

  private static int eachRound(List<Phase> phases) {
    return phases.stream()
        .flatMap(phase -> phase.baselines().stream())
        .map(baseline -> new Forks(baseline.key(), baseline.forks()))
        .distinct()
        .mapToInt(Forks::count)
        .sum();
  }

  /** Equal keys share their forks. */
  private record Forks(Object key, int count) {}

  /** The plan in one line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%d forks, %d rounds of each comparison, about %.0f min",
        forks,
        rounds,
        Math.max(1, Math.ceil(seconds() / 60)));
  }

  /** How it stands in a report. */
  public record Planned(int rounds, int budgetMs, int forks, long plannedSeconds) {}

  Planned planned() {
    return new Planned(rounds, budgetMs, forks, Math.round(seconds()));
  }

  double seconds() {
    return forks * secondsEach;
  }
}
