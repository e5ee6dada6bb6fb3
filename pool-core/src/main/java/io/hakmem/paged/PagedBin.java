package io.hakmem.paged;

import io.hakmem.heap.Bin;

/**
 * The pages of one class and heap. The stack of the current page is what the original calls the
 * ring, the list of other pages is its lo.
 */
public final class PagedBin extends Bin {

  private final HeapPages pages;

  PagedBin(PagedBox box, int sizeClass, long blockBytes, HeapPages pages) {
    super(pages.heap(), box, sizeClass, blockBytes);
    this.pages = pages;
  }

  HeapPages pages() {
    return pages;
  }

  /** Lets the box serve each free itself; before the bin gets a page. */
  public PagedBin freesThroughBox() {
    serveFreesThroughBox();
    return this;
  }

  /** Length of all pages of the class that the heap has. */
  long ownedBytes() {
    return pages.bytes(sizeClass());
  }

  /** Takes back what other threads freed, from pages of any class; the heap's thread only. */
  public void drain() {
    pages.drain();
  }
}
