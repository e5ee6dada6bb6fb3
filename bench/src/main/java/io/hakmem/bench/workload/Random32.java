package io.hakmem.bench.workload;

/** The random numbers of all loads; {@code driver.h} has the same in C. */
public final class Random32 {

  private Random32() {}

  /**
   * Where the numbers of one thread begin. Xorshift never leaves 0, so a seed that would start
   * there is replaced.
   */
  public static int first(int seed, int thread) {
    int mixed = seed * 0x9E3779B9 + thread * 0x85EBCA6B;
    return mixed == 0 ? 1 : mixed;
  }

  /** Marsaglia's xorshift32. */
  public static int next(int random) {
    int x = random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x;
  }

  /** Scales a random number to [0, limit) without a division. */
  public static int below(int random, int limit) {
    return (int) ((Integer.toUnsignedLong(random) * limit) >>> 32);
  }
}
