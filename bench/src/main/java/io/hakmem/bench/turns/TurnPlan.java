package io.hakmem.bench.turns;

/**
 * How long to measure.
 *
 * @param runs the turns of each side that count
 * @param turnMs about how long a turn takes: one that has begun a round ends it
 * @param warmupMs how long each side runs before, in turns too
 */
public record TurnPlan(int runs, int turnMs, int warmupMs) {

  /** However long a round takes, slow paths are met. */
  private static final int LEAST_WARM_UP = 2;

  private static final long NS_PER_MS = 1_000_000;

  long turnNs() {
    return turnMs * NS_PER_MS;
  }

  /** Whether warming up goes on after so many turns of each side, which took so long in total. */
  boolean isWarmingUp(int turns, int sides, long tookNs) {
    return turns < LEAST_WARM_UP || tookNs < (long) sides * warmupMs * NS_PER_MS;
  }
}
