package io.hakmem.middesc;

import io.hakmem.heap.Page;

/** Remembers the page that a heap found last, as long as the directory knows it. */
final class CachedLookup {

  private final RemainderDirectory directory;
  private Page last = Page.NONE;
  private long hits;
  private long misses;

  CachedLookup(RemainderDirectory directory) {
    this.directory = directory;
  }

  /** Threads without a heap share one, so what one of them remembers is no answer to another. */
  Page find(long address) {
    Page page = last;
    if (page.contains(address) && page.isRegistered()) {
      hits++;
      return page;
    }
    misses++;
    Page found = directory.lookup(address);
    last = found;
    return found;
  }

  long hits() {
    return hits;
  }

  long misses() {
    return misses;
  }

  void add(CachedLookup more) {
    hits += more.hits;
    misses += more.misses;
  }
}
