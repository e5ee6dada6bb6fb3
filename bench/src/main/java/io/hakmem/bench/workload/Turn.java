package io.hakmem.bench.workload;

/**
 * Rounds of a load that followed each other until a time was over.
 *
 * @param rounds how many, at least 1
 * @param ns the sum of their times
 */
public record Turn(long rounds, long ns) {

  /** Millions of operations in a second, with so many operations in a round. */
  public double mops(long opsOfRound) {
    return rounds * opsOfRound * 1e3 / Math.max(1, ns);
  }
}
