package io.hakmem.heap;

import java.util.Arrays;

/**
 * One published state of the page directory: an entry for each page key. A key's slot is its
 * remainder, and whether an address belongs to the page that is found is asked of the page. Keys of
 * two pages never share a slot: the directory takes a larger table instead.
 *
 * <p>Entries of a published table change in place; a table that grows is replaced. Whoever holds an
 * old table may miss new pages and asks the directory then.
 */
public final class PageTable {

  /**
   * Fewest slots: an address that meets a page's slot by remainder alone is then at least {@link
   * #REACH_BYTES} away from the page's base.
   */
  static final int FEWEST_SLOTS = 32;

  /** Base-2 logarithm of {@link #REACH_BYTES}. */
  static final int REACH_SHIFT = 20;

  /** Longest run of pages whose frees can be hits. */
  public static final long REACH_BYTES = 1L << REACH_SHIFT;

  final Page[] pages;

  /** A table of at least so many slots, rounded up to a power of two, each {@link Page#NONE}. */
  public PageTable(int slots) {
    pages = new Page[Math.max(FEWEST_SLOTS, Integer.highestOneBit(Math.max(1, slots) * 2 - 1))];
    Arrays.fill(pages, Page.NONE);
  }

  /** Takes over the entries of a table that is not larger, before publication. */
  public void copy(PageTable smaller) {
    Page last = Page.NONE;
    for (Page page : smaller.pages) {
      if (page != Page.NONE && page != last) {
        enter(page, page);
        last = page;
      }
    }
  }

  /** Whether no other page has a slot of the page's keys. */
  public boolean hasRoomFor(Page page) {
    long first = PageKey.of(page.base());
    long keys = PageKey.of(page.bytes());
    if (keys > pages.length) {
      return false;
    }
    for (long key = first; key < first + keys; key++) {
      if (at(key) != Page.NONE) {
        return false;
      }
    }
    return true;
  }

  /** Sets the entries of all keys of a page; only the directory calls this, under its lock. */
  public void enter(Page page, Page entry) {
    long first = PageKey.of(page.base());
    for (long key = first; key < first + PageKey.of(page.bytes()); key++) {
      set(key, entry);
    }
  }

  /** The page of the address, or {@link Page#NONE}. */
  public Page find(long address) {
    Page page = at(PageKey.of(address));
    return page.contains(address) ? page : Page.NONE;
  }

  /** The page in the slot of a key, which may be another key's. */
  public Page at(long pageKey) {
    return pages[slot(pageKey)];
  }

  /** The number of slots. */
  public int length() {
    return pages.length;
  }

  /** Sets an entry; only the directory calls this, under its lock. */
  public void set(long pageKey, Page page) {
    pages[slot(pageKey)] = page;
  }

  private int slot(long pageKey) {
    return (int) pageKey & (pages.length - 1);
  }
}
