package io.hakmem.pool.v2;

import io.hakmem.paged.PagedBin;
import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.PoolBox;

/** Stands before a shelf and has no page itself, so that the box is asked for each operation. */
final class AskedBin extends Bin {

  private final PagedBin shelf;

  AskedBin(LocalHeap heap, PoolBox box, PagedBin shelf) {
    super(heap, box, shelf.sizeClass(), shelf.blockBytes());
    this.shelf = shelf.throughBox();
    serveThroughBox();
  }

  PagedBin shelf() {
    return shelf;
  }

  /** The shelf itself: whoever takes it over reaches the pages without this box. */
  @Override
  public Bin handOver(PoolBox to) {
    return shelf.handOver(to);
  }
}
