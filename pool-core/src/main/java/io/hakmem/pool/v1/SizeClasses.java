package io.hakmem.pool.v1;

import java.util.Arrays;

/** The block sizes a pool can be composed with. */
final class SizeClasses {

  static final long SMALLEST = 16;
  static final long LARGEST = 512 << 10;
  private static final int STEPS_A_DOUBLING = 8;
  private static final int MOST = STEPS_A_DOUBLING * Long.SIZE;

  private SizeClasses() {}

  /** Eight classes a doubling: at most an eighth of the request plus 16 bytes is lost. */
  static long[] fine() {
    long[] sizes = new long[MOST];
    int count = 0;
    for (long size = SMALLEST; size <= LARGEST; size += step(size)) {
      sizes[count++] = size;
    }
    return Arrays.copyOf(sizes, count);
  }

  /** 2, 4, 8, 16 and 32 KiB and the bridge classes 40 and 52 KiB of the original. */
  static long[] original() {
    return new long[] {2 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 40 << 10, 52 << 10};
  }

  private static long step(long size) {
    return Math.max(SMALLEST, Long.highestOneBit(size) / STEPS_A_DOUBLING);
  }
}
