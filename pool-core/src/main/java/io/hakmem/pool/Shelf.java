package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.PoolBox;

/**
 * The pages of one class and heap. The stack of the current page is what the original calls the
 * ring, the list of other pages is its lo.
 */
final class Shelf extends Bin {

  private final HeapPages pages;

  Shelf(PoolBox box, int sizeClass, long blockBytes, HeapPages pages) {
    super(pages.heap(), box, sizeClass, blockBytes);
    this.pages = pages;
    serveThroughBox();
  }

  HeapPages pages() {
    return pages;
  }
}
