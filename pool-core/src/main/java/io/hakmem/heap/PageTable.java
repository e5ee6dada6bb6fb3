package io.hakmem.heap;

import java.util.Arrays;

/**
 * The level of the page directory that hits read: one published state of it, an entry for each page
 * key. A key's slot is its remainder, and whether an address belongs to the page that is found is
 * asked of the page. Keys of two pages never share a slot: the directory takes a larger table, or
 * leaves the page out. What concerns a page that is left out is a slow path.
 *
 * <p>Entries of a published table change in place; a table that grows is replaced. Whoever holds an
 * old table may miss new pages and asks the directory then. A page that is in a table stays in it
 * and in all that replace it until it is unregistered.
 *
 * <p>An entry of a page that is not registered counts as none.
 */
public final class PageTable {

  /**
   * Fewest slots: an address that meets a page's slot by remainder alone is then at least {@link
   * #REACH_BYTES} away from the page's base.
   */
  static final int FEWEST_SLOTS = 128;

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
      if (page != Page.NONE && page != last && page.isRegistered()) {
        enter(page, page);
        last = page;
      }
    }
  }

  /** Whether no other page has a slot of the page's keys. */
  public boolean hasRoomFor(Page page) {
    return slotsFor(page) <= pages.length;
  }

  /**
   * The slots that a table needs, at least this one's, so that the page meets none of the pages
   * that this one has; {@link Long#MAX_VALUE} if it shares a key with one of them.
   */
  public long slotsFor(Page page) {
    long first = PageKey.of(page.base());
    long keys = PageKey.of(page.bytes());
    long slots = pages.length;
    while (slots < keys) {
      slots *= 2;
    }
    for (long key = first; key < first + Math.min(keys, pages.length); key++) {
      Page there = at(key);
      if (there != page && there.isRegistered()) {
        slots = Math.max(slots, slotsToPart(page, there));
      }
    }
    return slots;
  }

  /** In a table of so many slots no key of the one page has the remainder of one of the other. */
  private static long slotsToPart(Page page, Page other) {
    long between = PageKey.of(other.base()) - PageKey.of(page.base());
    long slots = 1;
    for (long distance = between - PageKey.of(page.bytes()) + 1;
        distance < between + PageKey.of(other.bytes());
        distance++) {
      if (distance == 0) {
        return Long.MAX_VALUE;
      }
      slots = Math.max(slots, 2 * Long.lowestOneBit(distance));
    }
    return slots;
  }

  /** Sets the entries of all keys of a page; only the directory calls this, under its lock. */
  public void enter(Page page, Page entry) {
    long first = PageKey.of(page.base());
    for (long key = first; key < first + PageKey.of(page.bytes()); key++) {
      set(key, entry);
    }
  }

  /** Empties the slots of a range that is one page's; only the directory calls this. */
  public void clear(long address, long bytes) {
    long first = PageKey.of(address);
    for (long key = first; key < first + PageKey.of(bytes); key++) {
      set(key, Page.NONE);
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
