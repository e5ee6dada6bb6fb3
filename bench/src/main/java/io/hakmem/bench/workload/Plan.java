package io.hakmem.bench.workload;

/**
 * How long to measure. Loads differ a thousandfold in time, so a budget may end either phase early.
 *
 * @param warmup the rounds after the cold one that are not counted
 * @param runs the rounds that are
 * @param budgetMs the time for each of the two, after which one and three rounds suffice
 */
public record Plan(int warmup, int runs, long budgetMs) {

  long endNs() {
    return System.nanoTime() + budgetMs * 1_000_000;
  }
}
