package io.hakmem.paged;

import io.hakmem.heap.Bin;
import io.hakmem.heap.BinHandler;
import io.hakmem.heap.LocalHeap;

/** Stands before a bin with pages and has none itself, so that the box is asked each time. */
final class AskedBin extends Bin {

  private final PagedBin paged;

  AskedBin(LocalHeap heap, PagedBin paged) {
    super(heap, paged.handler(), paged.sizeClass(), paged.blockBytes());
    this.paged = paged.throughBox();
    serveThroughBox();
  }

  PagedBin paged() {
    return paged;
  }

  @Override
  protected Bin behind() {
    return paged;
  }

  /** The bin with the pages itself: whoever takes it over reaches them without the box. */
  @Override
  public Bin handOver(BinHandler to) {
    return paged.handOver(to);
  }
}
