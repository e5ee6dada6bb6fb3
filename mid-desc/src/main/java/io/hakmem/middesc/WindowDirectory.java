package io.hakmem.middesc;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageKey;
import io.hakmem.spi.PageLookup;
import io.hakmem.spi.PageTable;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A flat table over the window of page keys in use. It grows by replacement in both directions;
 * lookups read the published table without a lock.
 */
final class WindowDirectory implements PageDirectory {

  /** Keys a window may span: 1 TiB of address space. */
  static final long MAX_KEYS = 1L << 24;

  private static final int FIRST_KEYS = 64;
  private static final PageTable EMPTY = new PageTable(0, 0);

  private final boolean cached;
  private final Queue<CachedLookup> lookups = new ConcurrentLinkedQueue<>();
  private volatile PageTable table = EMPTY;

  WindowDirectory(boolean cached) {
    this.cached = cached;
  }

  @Override
  public synchronized void register(Page page) {
    long first = PageKey.of(page.base());
    long end = first + PageKey.of(page.bytes());
    PageTable covering = covering(first, end);
    for (long key = first; key < end; key++) {
      if (covering.at(key) != Page.NONE) {
        throw new IllegalStateException("page key 0x%x is registered already".formatted(key));
      }
    }
    for (long key = first; key < end; key++) {
      covering.set(key, page);
    }
    page.registered(true);
    table = covering;
  }

  @Override
  public synchronized void unregister(Page page) {
    if (lookup(page.base()) != page) {
      throw new IllegalStateException("page 0x%x is not registered".formatted(page.base()));
    }
    page.registered(false);
    long first = PageKey.of(page.base());
    for (long key = first; key < first + PageKey.of(page.bytes()); key++) {
      table.set(key, Page.NONE);
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
    if (!cached) {
      return this::lookup;
    }
    CachedLookup lookup = new CachedLookup(this);
    lookups.add(lookup);
    return lookup;
  }

  @Override
  public SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = new TreeMap<>();
    if (cached) {
      counters.put("mid_desc_cache_hits", lookups.stream().mapToLong(CachedLookup::hits).sum());
      counters.put("mid_desc_cache_misses", lookups.stream().mapToLong(CachedLookup::misses).sum());
    }
    return counters;
  }

  @Override
  public PageTable table() {
    return table;
  }

  private PageTable covering(long first, long end) {
    PageTable old = table;
    if (old == EMPTY) {
      return new PageTable(first, roundedUp(Math.max(end - first, FIRST_KEYS)));
    }
    long oldEnd = old.firstKey() + old.length();
    long low = Math.min(old.firstKey(), first);
    long high = Math.max(oldEnd, end);
    if (high - low <= old.length()) {
      return old;
    }
    if (high - low > MAX_KEYS) {
      throw new OutOfNativeMemoryException(
          (end - first) << PageKey.PAGE_SHIFT,
          "page key 0x%x is out of reach: mid-desc spans at most %d pages and has [0x%x, 0x%x)"
              .formatted(first, MAX_KEYS, old.firstKey(), oldEnd));
    }
    int keys = roundedUp(high - low);
    PageTable larger = new PageTable(first < old.firstKey() ? high - keys : low, keys);
    larger.copy(old);
    return larger;
  }

  private static int roundedUp(long keys) {
    return Math.toIntExact(Long.highestOneBit(keys * 2 - 1));
  }
}
