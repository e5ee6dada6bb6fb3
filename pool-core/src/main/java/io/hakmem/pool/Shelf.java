package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.PoolBox;

/** A bin of pool v1, and the pages of the heap it is of. */
final class Shelf extends Bin {

  private final HeapPages pages;

  Shelf(PoolBox box, int sizeClass, long blockBytes, HeapPages pages) {
    super(pages.heap(), box, sizeClass, blockBytes);
    this.pages = pages;
  }

  HeapPages pages() {
    return pages;
  }
}
