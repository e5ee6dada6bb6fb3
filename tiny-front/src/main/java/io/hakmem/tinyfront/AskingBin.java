package io.hakmem.tinyfront;

import io.hakmem.paged.PagedBin;
import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.PoolBox;

/** Stands before the bin with the pages and has none itself, so that allocations ask the front. */
final class AskingBin extends Bin {

  private final PagedBin paged;

  AskingBin(LocalHeap heap, PoolBox box, PagedBin paged) {
    super(heap, box, paged.sizeClass(), paged.blockBytes());
    this.paged = paged;
    serveThroughBox();
  }

  PagedBin paged() {
    return paged;
  }

  /** The bin with the pages itself: whoever takes it over reaches them without the front. */
  @Override
  public Bin handOver(PoolBox to) {
    return paged.handOver(to);
  }
}
