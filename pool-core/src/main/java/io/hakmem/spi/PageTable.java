package io.hakmem.spi;

import java.util.Arrays;

/**
 * One published state of the page directory: an entry for each page key of a window. A key's slot
 * is its remainder, so the keys of the window never meet, and whether an address belongs to the
 * page that is found is asked of the page.
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
  private final long firstKey;

  /**
   * A window all of whose entries are {@link Page#NONE}.
   *
   * @param firstKey the lowest key
   * @param keys how many keys it has at least; rounded up to a power of two
   */
  public PageTable(long firstKey, int keys) {
    this.firstKey = firstKey;
    pages = new Page[Math.max(FEWEST_SLOTS, Integer.highestOneBit(Math.max(1, keys) * 2 - 1))];
    Arrays.fill(pages, Page.NONE);
  }

  /** Takes over the entries of a smaller window that lies within this one, before publication. */
  public void copy(PageTable smaller) {
    for (long key = smaller.firstKey; key < smaller.firstKey + smaller.length(); key++) {
      set(key, smaller.at(key));
    }
  }

  /** The page of the address, or {@link Page#NONE}. */
  public Page find(long address) {
    Page page = at(PageKey.of(address));
    return page.contains(address) ? page : Page.NONE;
  }

  /** The page in the slot of a key; it is the key's own if the key is inside the window. */
  public Page at(long pageKey) {
    return pages[slot(pageKey)];
  }

  /** The lowest key of the window. */
  public long firstKey() {
    return firstKey;
  }

  /** The number of keys in the window. */
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
