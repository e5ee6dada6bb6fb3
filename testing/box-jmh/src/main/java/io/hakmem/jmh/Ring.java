package io.hakmem.jmh;

import io.hakmem.HakAllocator;

/** Blocks of several pages, of which the oldest makes room for the next. */
public final class Ring {

  /** A power of two. */
  static final int BLOCKS = 1024;

  private final long[] sizes;
  private final long[] blocks = new long[BLOCKS];
  private int oldest;

  /** An empty ring; its sizes recur in this order, and their number is a power of two. */
  public Ring(long... sizes) {
    this.sizes = sizes.clone();
  }

  /** Allocates all blocks, and turns once: the next turns need no page. */
  public void fill(HakAllocator allocator) {
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = allocator.allocate(size(i));
    }
    turn(allocator);
  }

  private long size(int index) {
    return sizes[index & (sizes.length - 1)];
  }

  /** Frees the oldest block and allocates another in its place. */
  public long turn(HakAllocator allocator) {
    int index = oldest;
    allocator.free(blocks[index]);
    long block = allocator.allocate(size(index));
    blocks[index] = block;
    oldest = (index + 1) & (BLOCKS - 1);
    return block;
  }

  public void free(HakAllocator allocator) {
    for (long block : blocks) {
      allocator.free(block);
    }
  }
}
