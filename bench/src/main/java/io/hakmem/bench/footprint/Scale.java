package io.hakmem.bench.footprint;

/**
 * How much of a program is run.
 *
 * @param size the part of its threads, blocks and bytes, 1 for all
 * @param decayMs how long memory must be unused before HAKMEM gives it back
 */
public record Scale(double size, int decayMs) {

  private static final int DECAYS = 3;

  /** So many of the threads or blocks, at least one. */
  int count(int all) {
    return (int) bytes(all);
  }

  /** So much of a number of bytes, at least one. */
  long bytes(long all) {
    return Math.max(1, (long) (all * size));
  }

  /** How long a program waits until what it does not use has gone back. */
  long waitMs() {
    return (long) DECAYS * decayMs;
  }
}
