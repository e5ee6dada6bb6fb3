package io.hakmem.compose;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageKey;
import io.hakmem.spi.PageSupply;

/** The end of every composition: blocks above the last class, each a run of pages of its own. */
final class LargeBlocks {

  /** No system maps more than 47 bits of address space for a process. */
  static final long MAX_BYTES = 1L << 46;

  private final PageDirectory directory;
  private final PageSupply supply;

  LargeBlocks(PageDirectory directory, PageSupply supply) {
    this.directory = directory;
    this.supply = supply;
  }

  Page allocate(long bytes, long alignment) {
    if (bytes > MAX_BYTES || alignment > MAX_BYTES) {
      throw new OutOfNativeMemoryException(
          bytes, "alignment %d, limit %d (address space)".formatted(alignment, MAX_BYTES));
    }
    long length = PageKey.roundUp(bytes);
    long slack = Math.max(0, alignment - PageKey.PAGE_BYTES);
    PageSupply.Run run = supply.acquire(length + slack);
    long base = (run.base() + alignment - 1) & -alignment;
    long head = base - run.base();
    if (head > 0) {
      supply.release(run.base(), head);
    }
    if (slack > head) {
      supply.release(base + length, slack - head);
    }
    Page page = new Page(base, length, length, 1, run.memory().asSlice(head, length));
    page.state(base, Page.LIVE);
    try {
      directory.register(page);
    } catch (RuntimeException refused) {
      supply.release(base, length);
      throw refused;
    }
    return page;
  }

  /** Whether the page is a large block: no heap ever owns one. */
  static boolean isLarge(Page page) {
    return page.capacity() == 1 && page.blockBytes() == page.bytes() && page.bin() == null;
  }

  void release(Page page) {
    directory.unregister(page);
    supply.release(page.base(), page.bytes());
  }
}
