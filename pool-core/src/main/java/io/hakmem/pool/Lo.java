package io.hakmem.pool;

import io.hakmem.spi.Bin;
import java.util.Arrays;

/** The LIFO reserve of one bin, up to a limit. It grows with its use. */
final class Lo {

  private final int limit;
  private long[] blocks = {};
  private int size;

  Lo(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  int room() {
    return limit - size;
  }

  /** Adds the given part of the array; there must be room. */
  void add(long[] from, int at, int count) {
    if (size + count > blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.min(limit, Math.max(size + count, blocks.length * 2)));
    }
    System.arraycopy(from, at, blocks, size, count);
    size += count;
  }

  /** Removes the blocks that came first, the given number or all. */
  long[] takeOldest(int most) {
    int count = Math.min(most, size);
    long[] oldest = Arrays.copyOf(blocks, count);
    System.arraycopy(blocks, count, blocks, 0, size - count);
    size -= count;
    return oldest;
  }

  /** Moves the blocks that came last to the bin, until the bin holds the wanted number. */
  void moveNewest(Bin to, int wanted) {
    while (size > 0 && to.size() < wanted) {
      to.push(blocks[--size]);
    }
  }
}
