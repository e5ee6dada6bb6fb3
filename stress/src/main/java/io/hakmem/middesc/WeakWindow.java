package io.hakmem.middesc;

import io.hakmem.spi.Page;
import io.hakmem.spi.PageKey;
import io.hakmem.spi.PageTable;
import io.hakmem.spi.PoolBox;
import io.hakmem.stress.Unused;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The window of a directory without its monitor, and which publishes before it copies. */
final class WeakWindow {

  static final long FIRST_KEY = 1000;

  /** Enough to make the window grow. */
  static final long FAR_KEY = FIRST_KEY + 100;

  private static final int KEYS = 64;
  private static final PoolBox BOX = Unused.of(PoolBox.class);

  private volatile PageTable table = new PageTable(FIRST_KEY, KEYS);

  static Page page(long key) {
    long base = key << PageKey.PAGE_SHIFT;
    return Page.ofLiveBlock(BOX, base, PageKey.PAGE_BYTES, MemorySegment.NULL);
  }

  static Page[] fourPages() {
    Page[] pages = new Page[4];
    Arrays.setAll(pages, i -> page(FIRST_KEY + i));
    return pages;
  }

  void register(Page page) {
    PageTable old = table;
    PageTable covering = old;
    long key = PageKey.of(page.base());
    if (key >= old.firstKey() + old.length()) {
      covering = new PageTable(old.firstKey(), 2 * old.length());
      table = covering;
      covering.copy(old);
    }
    covering.set(key, page);
  }

  boolean unregister(Page page) {
    if (lookup(page.base()) != page) {
      return false;
    }
    table.set(PageKey.of(page.base()), Page.NONE);
    return true;
  }

  Page lookup(long address) {
    return table.find(address);
  }
}
