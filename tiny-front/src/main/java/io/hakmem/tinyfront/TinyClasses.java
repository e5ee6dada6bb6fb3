package io.hakmem.tinyfront;

import java.util.Arrays;

/** The classes C0 to C7: 8 bytes, doubled from each to the next. */
final class TinyClasses {

  /** How many there are. */
  static final int COUNT = 8;

  /** The mask of C7 alone. */
  static final long C7_MASK = 1L << (COUNT - 1);

  private static final long C0_BYTES = 8;

  /** Block size of C7, in bytes. */
  static final long C7_BYTES = C0_BYTES << (COUNT - 1);

  /** Every block size is a multiple of it, so that C0 and C1 are one class here. */
  private static final long SMALLEST_BLOCK = 16;

  private TinyClasses() {}

  /** The block sizes of the classes whose bits are set, in bytes, ascending and each once. */
  static long[] blockSizes(long mask) {
    long[] sizes = new long[COUNT];
    int count = 0;
    for (int tinyClass = 0; tinyClass < COUNT; tinyClass++) {
      long bytes = Math.max(SMALLEST_BLOCK, C0_BYTES << tinyClass);
      boolean isSet = (mask >>> tinyClass & 1) != 0;
      if (isSet && (count == 0 || sizes[count - 1] != bytes)) {
        sizes[count++] = bytes;
      }
    }
    return Arrays.copyOf(sizes, count);
  }
}
