package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The pages and the lo reserves of one heap. Only the heap's thread calls it, or its adopter. */
final class HeapPages {

  private final LocalHeap heap;
  private final BoxContext context;
  private final SharedStore store;
  private final Map<Integer, Shelf> shelves = new java.util.HashMap<>();
  private final Set<Page> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private long refills;
  private long spills;
  private long drained;
  private long adopted;

  /** What stands behind one bin. */
  private static final class Shelf {
    private final Bin bin;
    private final Deque<Page> partial = new ArrayDeque<>();
    private long[] lo = {};
    private int loSize;

    private Shelf(Bin bin) {
      this.bin = bin;
    }
  }

  HeapPages(LocalHeap heap, BoxContext context, SharedStore store) {
    this.heap = heap;
    this.context = context;
    this.store = store;
  }

  LocalHeap heap() {
    return heap;
  }

  boolean isDead() {
    Thread thread = heap.thread();
    return thread != null && !thread.isAlive();
  }

  void add(Bin bin) {
    shelves.put(bin.sizeClass(), new Shelf(bin));
  }

  /** Fills an empty bin from lo, then from pages with free blocks; false if both are empty. */
  boolean fillFromCache(Bin bin) {
    refills++;
    Shelf shelf = shelf(bin.sizeClass());
    int wanted = batch(bin);
    while (shelf.loSize > 0 && bin.size() < wanted) {
      bin.push(shelf.lo[--shelf.loSize]);
    }
    while (bin.size() < wanted && !shelf.partial.isEmpty()) {
      Page page = shelf.partial.getFirst();
      page.take(bin, wanted - bin.size(), heap.cachedState());
      if (page.freeBlocks() == 0) {
        shelf.partial.removeFirst();
        page.listed(false);
      }
    }
    bin.reverseAbove(0);
    return bin.size() > 0;
  }

  /** Takes the older half of a full bin to lo, and the overflow of lo to the pages. */
  void spill(Bin bin) {
    spills++;
    Shelf shelf = shelf(bin.sizeClass());
    int count = Math.max(1, bin.capacity() / 2);
    if (shelf.loSize + count > context.reserveCapacity()) {
      int excess = Math.min(shelf.loSize, shelf.loSize + count - context.reserveCapacity());
      putBack(shelf, shelf.lo, excess);
      System.arraycopy(shelf.lo, excess, shelf.lo, 0, shelf.loSize - excess);
      shelf.loSize -= excess;
    }
    if (shelf.loSize + count > context.reserveCapacity()) {
      long[] moved = new long[count];
      bin.moveOldest(moved, 0, count);
      putBack(shelf, moved, count);
      return;
    }
    if (shelf.loSize + count > shelf.lo.length) {
      shelf.lo = Arrays.copyOf(shelf.lo, Math.max(shelf.loSize + count, shelf.lo.length * 2));
    }
    bin.moveOldest(shelf.lo, shelf.loSize, count);
    shelf.loSize += count;
  }

  void own(Page page, Bin bin) {
    if (!context.directory().adopt(page, null, heap)) {
      throw new IllegalStateException("page 0x%x has an owner already".formatted(page.base()));
    }
    page.bin(bin);
    owned.add(page);
    list(shelf(bin.sizeClass()), page);
    heap.table(context.directory().table());
  }

  void drain() {
    if (heap.hasQueued()) {
      drain(heap.takeQueued());
    }
  }

  private void drain(@org.jspecify.annotations.Nullable Page first) {
    Page page = first;
    while (page != null) {
      Page next = page.nextQueued();
      page.nextQueued(null);
      drained += page.drain();
      settle(page);
      page = next;
    }
  }

  /** Takes everything of a dead heap over; the caller has removed it from the pool's heaps. */
  void adopt(HeapPages dead) {
    Page queued = dead.heap.closeInbox();
    for (Shelf shelf : dead.shelves.values()) {
      dead.emptyCaches(shelf);
      shelf.partial.clear();
    }
    while (queued != null) {
      Page next = queued.nextQueued();
      queued.nextQueued(null);
      queued = next;
    }
    for (Page page : dead.owned) {
      Bin old = page.bin();
      if (old == null) {
        throw new IllegalStateException("page 0x%x has no bin".formatted(page.base()));
      }
      Shelf shelf = shelf(old.sizeClass());
      page.bin(shelf.bin);
      page.listed(false);
      context.directory().adopt(page, dead.heap, heap);
      owned.add(page);
      drained += page.drain();
      adopted++;
      if (page.freeBlocks() > 0) {
        list(shelf, page);
      }
    }
    refills += dead.refills;
    spills += dead.spills;
    drained += dead.drained;
    adopted += dead.adopted;
    heap.table(context.directory().table());
  }

  void flush() {
    for (Shelf shelf : shelves.values()) {
      emptyCaches(shelf);
    }
    for (Page page : owned.toArray(new Page[0])) {
      if (page.isEmpty()) {
        retire(page);
      }
    }
  }

  void addCounters(Map<String, Long> sum) {
    sum.merge("pool_v1_refills", refills, Long::sum);
    sum.merge("pool_v1_spills", spills, Long::sum);
    sum.merge("pool_v1_drained", drained, Long::sum);
    sum.merge("pool_v1_adopted", adopted, Long::sum);
  }

  void checkInvariants() {
    for (Page page : owned) {
      int free = 0;
      for (int i = 0; i < page.capacity(); i++) {
        free += page.state(i) == Page.FREE ? 1 : 0;
      }
      if (free != page.freeBlocks()) {
        throw new IllegalStateException(
            "page 0x%x counts %d free blocks, its states say %d"
                .formatted(page.base(), page.freeBlocks(), free));
      }
      if (page.owner() != heap) {
        throw new IllegalStateException("page 0x%x has another owner".formatted(page.base()));
      }
    }
  }

  private void emptyCaches(Shelf shelf) {
    while (shelf.bin.size() > 0) {
      putBack(shelf, new long[] {shelf.bin.pop()}, 1);
    }
    putBack(shelf, shelf.lo, shelf.loSize);
    shelf.loSize = 0;
  }

  private void putBack(Shelf shelf, long[] entries, int count) {
    for (int i = 0; i < count; i++) {
      long address = Bin.address(entries[i]);
      Page page = context.directory().lookup(address);
      page.put(Page.index(page.quotient(address)));
      if (!isDead()) {
        settle(shelf, page);
      }
    }
  }

  private void settle(Page page) {
    Bin bin = page.bin();
    if (page.owner() == heap && bin != null) {
      settle(shelf(bin.sizeClass()), page);
    }
  }

  private void settle(Shelf shelf, Page page) {
    if (page.freeBlocks() > 0 && !page.listed()) {
      list(shelf, page);
    }
    if (page.isEmpty() && shelf.partial.size() > 1) {
      retire(page);
    }
  }

  private static void list(Shelf shelf, Page page) {
    page.listed(true);
    shelf.partial.addFirst(page);
  }

  private void retire(Page page) {
    Bin bin = page.bin();
    if (bin == null) {
      throw new IllegalStateException("page 0x%x has no bin".formatted(page.base()));
    }
    shelf(bin.sizeClass()).partial.removeFirstOccurrence(page);
    page.listed(false);
    owned.remove(page);
    page.bin(null);
    context.directory().adopt(page, heap, null);
    store.put(bin.sizeClass(), page);
  }

  private Shelf shelf(int sizeClass) {
    Shelf shelf = shelves.get(sizeClass);
    if (shelf == null) {
      throw new IllegalStateException("pool-v1 has no class " + sizeClass);
    }
    return shelf;
  }

  private static int batch(Bin bin) {
    return Math.max(1, bin.capacity() / 2);
  }
}
