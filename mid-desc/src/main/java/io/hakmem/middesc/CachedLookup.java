package io.hakmem.middesc;

import io.hakmem.spi.Page;
import io.hakmem.spi.PageLookup;

/** Remembers the page that was found last, as long as the directory knows it. */
final class CachedLookup implements PageLookup {

  private final RemainderDirectory directory;
  private Page last = Page.NONE;
  private long hits;
  private long misses;

  CachedLookup(RemainderDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Page find(long address) {
    Page page = last;
    if (page.contains(address) && page.isRegistered()) {
      hits++;
      return page;
    }
    misses++;
    last = directory.lookup(address);
    return last;
  }

  long hits() {
    return hits;
  }

  long misses() {
    return misses;
  }
}
