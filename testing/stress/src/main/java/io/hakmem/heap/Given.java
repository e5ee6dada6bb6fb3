package io.hakmem.heap;

import io.hakmem.stress.Unused;
import io.hakmem.stress.UnusedPages;
import org.jspecify.annotations.Nullable;

/** Pages and heaps as the tests begin with them; no memory is behind their addresses. */
final class Given {

  static final long BASE = 0x7000_0000L;
  static final PageHandler HANDLER = UnusedPages.HANDLER;

  private static final long BLOCK_BYTES = 1024;
  private static final LocalHeap.SlowPath NEVER_SLOW = Unused.of(LocalHeap.SlowPath.class);
  private static final PageLookup NO_LOOKUP = Unused.of(PageLookup.class);
  private static final FreePath NO_FREES = new FreePath(Unused.of(FreePath.SlowPath.class), true);

  private Given() {}

  /** A page all of whose blocks are with callers. */
  static Page livePage(int blocks) {
    Page page =
        new Page(HANDLER, BASE, PageKey.PAGE_BYTES, BLOCK_BYTES, blocks, UnusedPages.MEMORY);
    for (int i = 0; i < blocks; i++) {
      page.pop();
    }
    page.settle();
    return page;
  }

  /** A page of a heap, with one block, which is with a caller. */
  static Page pageOf(LocalHeap heap) {
    Page page = livePage(1);
    page.changeOwner(null, heap);
    return page;
  }

  static long block(int index) {
    return BASE + index * BLOCK_BYTES;
  }

  static LocalHeap heap() {
    return new LocalHeap(null, NEVER_SLOW, NO_LOOKUP, NO_FREES, 1, new Interval(() -> 0, 1));
  }

  /** Pages of an inbox, counted. */
  static int count(@Nullable Page first) {
    int pages = 0;
    for (Page page = first; page != null; page = page.nextQueued()) {
      pages++;
    }
    return pages;
  }

  /** Free blocks, or -1 if the stack is broken. */
  static int countFree(PageBlocks blocks) {
    try {
      return blocks.countFree();
    } catch (IllegalStateException broken) {
      return -1;
    }
  }
}
