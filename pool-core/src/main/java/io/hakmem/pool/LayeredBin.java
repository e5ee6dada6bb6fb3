package io.hakmem.pool;

import io.hakmem.paged.PagedBin;
import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.PoolBox;

/** Stands before a shelf and has no page itself, so that pool v1 is asked for each operation. */
final class LayeredBin extends Bin {

  private final PagedBin shelf;

  LayeredBin(LocalHeap heap, PoolBox box, PagedBin shelf) {
    super(heap, box, shelf.sizeClass(), shelf.blockBytes());
    this.shelf = shelf;
    serveThroughBox();
  }

  PagedBin shelf() {
    return shelf;
  }

  /** The shelf itself: whoever takes it over reaches the pages without pool v1. */
  @Override
  public Bin handOver(PoolBox to) {
    return shelf.handOver(to);
  }
}
