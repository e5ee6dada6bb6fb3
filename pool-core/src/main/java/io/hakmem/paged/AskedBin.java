package io.hakmem.paged;

import io.hakmem.heap.FrontBin;
import io.hakmem.heap.LocalHeap;

/** Stands before the bin of a box that is asked for each operation. */
final class AskedBin extends FrontBin {

  private final PagedBin paged;

  AskedBin(LocalHeap heap, PagedBin paged) {
    super(heap, paged);
    this.paged = paged;
    standBefore();
  }

  PagedBin paged() {
    return paged;
  }
}
