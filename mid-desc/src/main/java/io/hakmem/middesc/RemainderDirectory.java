package io.hakmem.middesc;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageTable;
import io.hakmem.paged.PerHeap;
import io.hakmem.spi.PageDirectory;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A flat table, wherever in the address space the pages are: a key's slot is its remainder, and the
 * table doubles until no two pages meet. Lookups read the published table without a lock.
 */
final class RemainderDirectory implements PageDirectory {

  /** Slots for 1 TiB of neighbouring pages. */
  static final int MOST_SLOTS = 1 << 24;

  private static final int FIRST_SLOTS = 64;

  private final boolean cached;
  private final CachedLookup ended = new CachedLookup(this);
  private final PerHeap<CachedLookup> lookups =
      new PerHeap<>(CachedLookup.class, heap -> new CachedLookup(this), ended::add);
  private volatile PageTable table = new PageTable(FIRST_SLOTS);

  RemainderDirectory(boolean cached) {
    this.cached = cached;
  }

  @Override
  public synchronized void register(Page page) {
    PageTable roomy = withRoomFor(page);
    roomy.enter(page, page);
    page.registered(true);
    table = roomy;
  }

  @Override
  public synchronized void unregister(Page page) {
    if (lookup(page.base()) != page) {
      throw new IllegalStateException("page 0x%x is not registered".formatted(page.base()));
    }
    page.registered(false);
    table.enter(page, Page.NONE);
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
  public Page find(LocalHeap heap, long address) {
    return cached ? lookups.of(heap).find(address) : lookup(address);
  }

  @Override
  public SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = new TreeMap<>();
    if (cached) {
      CachedLookup sum = new CachedLookup(this);
      lookups.forEach(sum::add);
      sum.add(ended);
      counters.put("mid_desc_cache_hits", sum.hits());
      counters.put("mid_desc_cache_misses", sum.misses());
    }
    return counters;
  }

  @Override
  public PageTable table() {
    return table;
  }

  private PageTable withRoomFor(Page page) {
    requireUnknown(page);
    PageTable roomy = table;
    while (!roomy.hasRoomFor(page)) {
      if (roomy.length() >= MOST_SLOTS) {
        throw new OutOfNativeMemoryException(
            page.bytes(),
            "page key 0x%x meets another page in mid-desc, which has at most %d slots"
                .formatted(PageKey.of(page.base()), MOST_SLOTS));
      }
      PageTable larger = new PageTable(roomy.length() * 2);
      larger.copy(table);
      roomy = larger;
    }
    return roomy;
  }

  private void requireUnknown(Page page) {
    long first = PageKey.of(page.base());
    for (long key = first; key < first + PageKey.of(page.bytes()); key++) {
      Page there = table.at(key);
      long distance = key - PageKey.of(there.base());
      if (there != Page.NONE && distance >= 0 && distance < PageKey.of(there.bytes())) {
        throw new IllegalStateException("page key 0x%x is registered already".formatted(key));
      }
    }
  }
}
