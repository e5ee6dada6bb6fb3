package io.hakmem.spi;

/**
 * One published state of the page directory: a window of page keys, an entry a key.
 *
 * <p>Entries of a published table change in place; a table that grows is replaced. Whoever holds an
 * old table misses new pages and asks the directory, so an old table is never wrong about an owner.
 */
public final class PageTable {

  private final long firstKey;
  private final Page[] pages;

  /** A window that starts at the key, all of whose entries are {@link Page#NONE} or registered. */
  public PageTable(long firstKey, Page[] pages) {
    this.firstKey = firstKey;
    this.pages = pages;
  }

  /** The page of the address, or {@link Page#NONE}. */
  public Page find(long address) {
    long index = PageKey.of(address) - firstKey;
    return index >= 0 && index < pages.length ? pages[(int) index] : Page.NONE;
  }

  /** The page of an address that is known to be inside the window. */
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
    pages[(int) (pageKey - firstKey)] = page;
  }
}
