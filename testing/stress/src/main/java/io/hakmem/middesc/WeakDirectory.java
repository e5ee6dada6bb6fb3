package io.hakmem.middesc;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageTable;
import io.hakmem.stress.UnusedPages;
import java.util.Arrays;

/** The table of a directory without its monitor, and which publishes before it copies. */
final class WeakDirectory {

  static final long FIRST_KEY = 1000;

  /** Meets the first key in a table of so many slots, which grows then. */
  static final long FAR_KEY = FIRST_KEY + 128;

  private static final int SLOTS = 128;

  private volatile PageTable table = new PageTable(SLOTS);

  static Page page(long key) {
    long base = key << PageKey.KEY_SHIFT;
    return Page.ofLiveBlock(
        UnusedPages.HANDLER, base, PageKey.KEY_BYTES, UnusedPages.MEMORY, false);
  }

  static Page[] fourPages() {
    Page[] pages = new Page[4];
    Arrays.setAll(pages, i -> page(FIRST_KEY + i));
    return pages;
  }

  void register(Page page) {
    PageTable old = table;
    PageTable roomy = old;
    if (!old.hasRoomFor(page)) {
      roomy = new PageTable(2 * old.length());
      table = roomy;
      roomy.copy(old);
    }
    roomy.enter(page, page);
    page.registered(true);
  }

  boolean unregister(Page page) {
    if (lookup(page.base()) != page) {
      return false;
    }
    table.enter(page, Page.NONE);
    return true;
  }

  Page lookup(long address) {
    return table.find(address);
  }
}
