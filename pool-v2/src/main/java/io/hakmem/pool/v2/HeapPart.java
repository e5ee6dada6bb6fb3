package io.hakmem.pool.v2;

import io.hakmem.heap.Bin;
import io.hakmem.heap.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What a heap has of this box beside its pages. Only the heap's thread calls it. */
final class HeapPart {

  /** Names the heap in headers, and no other of this box. */
  final int number;

  /** Bins of the next box, by class; none for classes that a box in front serves. */
  private final Map<Integer, Bin> fallbacks = new HashMap<>();

  /** Where the last free found its block; it may have gone back to the supply since. */
  private Extent last = Extent.NONE;

  HeapPart(int number) {
    this.number = number;
  }

  void fallBackTo(Bin bin, int sizeClass) {
    fallbacks.put(sizeClass, bin);
  }

  Bin fallback(int sizeClass) {
    return Objects.requireNonNull(fallbacks.get(sizeClass));
  }

  /** The extent of the address, if any. */
  Extent extentOf(long address, Extents extents) {
    if (last.pageAt(address) == Page.NONE) {
      last = extents.of(address);
    }
    return last;
  }
}
