package io.hakmem.compose;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.PageKey;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which size classes serve which alignment. Pages begin at multiples of 64 KiB, short ones of small
 * blocks at multiples of 16 KiB, and in a box that aligns its blocks the first one lies there: so
 * each block lies at a multiple of every power of two that its size is a multiple of.
 */
public final class AlignedSizes {

  private static final long[] NONE = {};

  private final long[] ascending;

  /** Whether the class of so many steps of the route aligns its blocks. */
  private final boolean[] byStep =
      new boolean[(int) (LocalHeap.MOST_ROUTED_BYTES >>> LocalHeap.ROUTE_SHIFT) + 1];

  AlignedSizes(List<ComposedBox> boxes) {
    SortedSet<Long> sizes = new TreeSet<>();
    for (ComposedBox box : boxes) {
      if (box.alignsBlocks()) {
        sizes.addAll(box.served());
      }
    }
    this.ascending = new long[sizes.size()];
    int at = 0;
    for (long blockBytes : sizes) {
      ascending[at++] = blockBytes;
    }
    for (long blockBytes : ascending) {
      if (blockBytes <= LocalHeap.MOST_ROUTED_BYTES) {
        byStep[(int) (blockBytes >>> LocalHeap.ROUTE_SHIFT)] = true;
      }
    }
  }

  /** The size of the smallest blocks that hold the bytes and are aligned, or 0 if none are. */
  public long blockBytes(long bytes, long alignment) {
    for (long blockBytes : alignment <= PageKey.PAGE_BYTES ? ascending : NONE) {
      if (blockBytes >= Math.max(bytes, alignment) && blockBytes % alignment == 0) {
        return blockBytes;
      }
    }
    return 0;
  }

  /**
   * The same in a few steps, for hits: the bin of a heap for the bytes, if its blocks are aligned.
   * Any long is a valid argument.
   */
  public @Nullable Bin routed(LocalHeap heap, long bytes, long alignment) {
    Bin bin = heap.routed(bytes + alignment - 1 & -alignment);
    long blockBytes = bin.blockBytes();
    boolean isAligned =
        Long.bitCount(alignment) == 1
            && (blockBytes & alignment - 1) == 0
            && byStep[(int) (blockBytes >>> LocalHeap.ROUTE_SHIFT)];
    return isAligned ? bin : null;
  }
}
