package io.hakmem.bench.workload;

import java.util.List;

/**
 * How long to measure. Loads differ a thousandfold in time, so a budget may end either phase early.
 *
 * @param warmup the rounds after the cold one that are not counted
 * @param runs the rounds that are
 * @param warmupMs the time for warming up, after which one round suffices
 * @param budgetMs the time for what is measured, after which three rounds suffice
 */
public record Plan(int warmup, int runs, long warmupMs, long budgetMs) {

  /** A plan with the same time for both phases. */
  public Plan(int warmup, int runs, long budgetMs) {
    this(warmup, runs, budgetMs, budgetMs);
  }

  /** The options of a measuring command. */
  public List<String> options() {
    return List.of(
        "--warmup=" + warmup,
        "--runs=" + runs,
        "--warmup-ms=" + warmupMs,
        "--budget-ms=" + budgetMs);
  }

  long warmupEndNs() {
    return endNs(warmupMs);
  }

  long endNs() {
    return endNs(budgetMs);
  }

  private static long endNs(long ms) {
    return System.nanoTime() + ms * 1_000_000;
  }
}
