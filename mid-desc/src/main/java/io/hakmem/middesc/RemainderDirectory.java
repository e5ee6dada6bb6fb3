package io.hakmem.middesc;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageTable;
import io.hakmem.paged.PerHeap;
import io.hakmem.spi.PageDirectory;
import java.lang.foreign.MemorySegment;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two levels. The first is a flat table that hits read: a key's slot is its remainder, and the
 * table doubles until no two pages meet, as long as it is not large for the pages that there are.
 * The second finds pages that meet another one even so, and long ones, whose frees are no hits
 * anyway. So where pages lie decides neither whether they are found nor how large the table is.
 *
 * <p>Lookups read both levels without a lock. A registered page is in one of them for as long as it
 * is registered.
 *
 * <p>Invariant: slots of the table are at most {@link #FEW_SLOTS} or, rounded up to a power of two,
 * {@link #SLOTS_A_KEY} for each key of the short pages that there were at once.
 */
final class RemainderDirectory implements PageDirectory {

  /** The table may have so many slots however few pages there are: 4 GiB of address space. */
  static final int FEW_SLOTS = 1 << 18;

  /** Most slots for each key. */
  static final int SLOTS_A_KEY = 8;

  private static final int FIRST_SLOTS = 128;
  private static final int MOST_SLOTS = 1 << 30;

  private final boolean cached;
  private final CachedLookup ended = new CachedLookup(this);
  private final PerHeap<CachedLookup> lookups =
      new PerHeap<>(CachedLookup.class, heap -> new CachedLookup(this), ended::add);
  private final SortedPages leftOut = new SortedPages();
  private final IntFunction<PageTable> tables;
  private volatile PageTable table;

  /** Keys of the short pages that are registered, and most of them at once; guarded by this. */
  private long keys;

  private long mostKeys;

  /** There was no Java heap for a table of so many slots, for so many keys; guarded by this. */
  private long refusedSlots = Long.MAX_VALUE;

  private long refusedKeys;

  /** With tables of so many slots, which the Java heap may refuse. */
  RemainderDirectory(boolean cached, IntFunction<PageTable> tables) {
    this.cached = cached;
    this.tables = tables;
    this.table = tables.apply(FIRST_SLOTS);
  }

  @Override
  public synchronized void register(Page page) {
    requireUnknown(page);
    long more = shortKeys(page);
    PageTable roomy = isShort(page) ? tableFor(page, keys + more) : null;
    if (roomy == null) {
      leftOut.add(page);
    } else {
      roomy.enter(page, page);
      table = roomy;
    }
    keys += more;
    mostKeys = Math.max(mostKeys, keys);
    page.registered(true);
  }

  @Override
  public synchronized void unregister(Page page) {
    requireRegistered(page);
    page.registered(false);
    keys -= shortKeys(page);
    if (table.at(PageKey.of(page.base())) == page) {
      table.enter(page, Page.NONE);
    } else {
      dropLeftOut(page);
    }
  }

  /** A page of the second level stays there, so that a new length there makes no object. */
  @Override
  public synchronized void resize(Page page, MemorySegment memory, long bytes) {
    requireRegistered(page);
    MemorySegment oldMemory = page.memory();
    long oldBytes = page.bytes();
    boolean inTable = table.at(PageKey.of(page.base())) == page;
    long others = keys - shortKeys(page);
    page.resize(memory, bytes);
    try {
      if (inTable && bytes > oldBytes) {
        grow(page, oldBytes, others + shortKeys(page));
      } else if (inTable) {
        table.clear(page.base() + bytes, oldBytes - bytes);
      }
    } catch (Throwable refused) {
      page.resize(oldMemory, oldBytes);
      throw refused;
    }
    keys = others + shortKeys(page);
    mostKeys = Math.max(mostKeys, keys);
  }

  /** Enters a page of the table with its new length, or moves it to the second level. */
  private void grow(Page page, long oldBytes, long keysNow) {
    PageTable roomy = isShort(page) ? tableFor(page, keysNow) : null;
    if (roomy == null) {
      leftOut.add(page);
      table.clear(page.base(), oldBytes);
    } else {
      roomy.enter(page, page);
      table = roomy;
    }
  }

  private void requireRegistered(Page page) {
    if (!page.isRegistered() || lookup(page.base()) != page) {
      throw new IllegalStateException(
          "page 0x" + Long.toHexString(page.base()) + " is not registered");
    }
  }

  /**
   * What is not registered counts as gone, and leaves when there is room to write the rest anew.
   */
  @SuppressWarnings("EmptyCatch")
  private void dropLeftOut(Page page) {
    try {
      leftOut.remove(page);
    } catch (Throwable later) {
      // The next page that comes to its place replaces it.
    }
  }

  @Override
  public Page lookup(long address) {
    Page page = table.find(address);
    return page.isRegistered() ? page : leftOut.find(address);
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

  private static long shortKeys(Page page) {
    return isShort(page) ? PageKey.of(page.bytes()) : 0;
  }

  private static boolean isShort(Page page) {
    return page.bytes() <= PageTable.REACH_BYTES;
  }

  /** A table with room for the page, or null if that is too large for so many keys. */
  private @Nullable PageTable tableFor(Page page, long keysNow) {
    PageTable now = table;
    long slots = now.slotsFor(page);
    if (slots == now.length()) {
      return now;
    }
    long most = Math.max(FEW_SLOTS, SLOTS_A_KEY * Math.max(mostKeys, keysNow));
    if (slots > Math.min(most, MOST_SLOTS) || isRefused(slots, keysNow)) {
      return null;
    }
    return grown(now, (int) slots, keysNow);
  }

  /** A request that fails makes the collector work hard: it is not repeated for each page. */
  private boolean isRefused(long slots, long keysNow) {
    return slots >= refusedSlots && keysNow < 2 * refusedKeys;
  }

  private @Nullable PageTable grown(PageTable now, int slots, long keysNow) {
    try {
      PageTable larger = tables.apply(slots);
      larger.copy(now);
      return larger;
    } catch (OutOfMemoryError refused) {
      refusedSlots = Math.min(refusedSlots, slots);
      refusedKeys = keysNow;
      return null;
    }
  }

  private void requireUnknown(Page page) {
    long first = PageKey.of(page.base());
    long end = first + PageKey.of(page.bytes());
    PageTable now = table;
    for (long key = first; key < first + Math.min(end - first, now.length()); key++) {
      requireApart(first, end, now.at(key));
    }
    requireApart(first, end, leftOut.lastFrom((end << PageKey.KEY_SHIFT) - 1));
  }

  private static void requireApart(long first, long end, Page there) {
    long from = PageKey.of(there.base());
    if (there.isRegistered() && from < end && first < from + PageKey.of(there.bytes())) {
      throw new IllegalStateException(
          "page key 0x" + Long.toHexString(Math.max(first, from)) + " is registered already");
    }
  }
}
