package io.hakmem.spi;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageLookup;
import io.hakmem.heap.PageTable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The simplest directory: a table that never grows. */
public final class WindowOfSupply implements PageDirectory {

  private final PageTable table;
  private final Set<Page> pages = Collections.newSetFromMap(new IdentityHashMap<>());

  WindowOfSupply(int keys) {
    table = new PageTable(keys);
  }

  /** How many pages are registered. */
  public synchronized int size() {
    return pages.size();
  }

  @Override
  public synchronized void register(Page page) {
    if (!pages.add(page)) {
      throw new IllegalStateException("registered twice");
    }
    setKeys(page, page);
    page.registered(true);
  }

  @Override
  public synchronized void unregister(Page page) {
    if (!pages.remove(page)) {
      throw new IllegalStateException("not registered");
    }
    page.registered(false);
    setKeys(page, Page.NONE);
  }

  private void setKeys(Page page, Page entry) {
    long first = PageKey.of(page.base());
    for (long key = first; key < first + PageKey.of(page.bytes()); key++) {
      table.set(key, entry);
    }
  }

  @Override
  public Page lookup(long address) {
    return table.find(address);
  }

  @Override
  public boolean adopt(Page page, @Nullable LocalHeap expected, @Nullable LocalHeap owner) {
    return page.changeOwner(expected, owner);
  }

  @Override
  public PageLookup newLookup() {
    return this::lookup;
  }

  @Override
  public SortedMap<String, Long> counters() {
    return Collections.emptySortedMap();
  }

  @Override
  public PageTable table() {
    return table;
  }
}
