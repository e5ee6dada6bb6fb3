package io.hakmem.spi;

import java.util.Arrays;

/**
 * One published state of the page directory: a window of page keys, an entry a key.
 *
 * <p>Entries of a published table change in place; a table that grows is replaced. Whoever holds an
 * old table misses new pages and asks the directory, so an old table is never wrong about an owner.
 */
public final class PageTable {

  final long firstKey;
  final byte[][] states;
  private final Page[] pages;

  /** A window all of whose entries are {@link Page#NONE}. */
  public PageTable(long firstKey, int keys) {
    this.firstKey = firstKey;
    pages = new Page[keys];
    states = new byte[keys][];
    Arrays.fill(pages, Page.NONE);
    Arrays.fill(states, Page.NO_STATES);
  }

  /** Takes over the entries of a smaller window that lies within this one, before publication. */
  public void copy(PageTable smaller) {
    int at = (int) (smaller.firstKey - firstKey);
    System.arraycopy(smaller.pages, 0, pages, at, smaller.pages.length);
    System.arraycopy(smaller.states, 0, states, at, smaller.pages.length);
  }

  /** The page of the address, or {@link Page#NONE}. */
  public Page find(long address) {
    long index = PageKey.of(address) - firstKey;
    return index >= 0 && index < pages.length ? pages[(int) index] : Page.NONE;
  }

  /** The page of a key that is known to be inside the window. */
  public Page at(long pageKey) {
    return pages[(int) (pageKey - firstKey)];
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
    int index = (int) (pageKey - firstKey);
    states[index] = page == Page.NONE ? Page.NO_STATES : page.states(pageKey);
    pages[index] = page;
  }
}
