package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages and the lo reserves of one heap. Only the heap's thread calls it, or its adopter. */
final class HeapPages {

  private final LocalHeap heap;
  private final BoxContext context;
  private final SharedStore store;
  private final Map<Integer, Shelf> shelves = new HashMap<>();
  private final Set<Page> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private long refills;
  private long spills;
  private long drained;
  private long adopted;

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
    shelves.put(bin.sizeClass(), new Shelf(bin, context.reserveCapacity()));
  }

  /** Fills an empty bin from lo, then from pages with free blocks; false if both are empty. */
  boolean fillFromCache(Bin bin) {
    Shelf shelf = shelf(bin.sizeClass());
    int wanted = Math.max(1, bin.capacity() / 2);
    shelf.lo().moveNewest(bin, wanted);
    while (bin.size() < wanted) {
      Page page = shelf.partial().first();
      if (page == null) {
        break;
      }
      page.take(bin, wanted - bin.size(), heap.cachedState());
      if (page.freeBlocks() == 0) {
        shelf.partial().remove(page);
      }
    }
    bin.reverse();
    refills++;
    return bin.size() > 0;
  }

  /** Takes the older half of a full bin to lo, and the overflow of lo to the pages. */
  void spill(Bin bin) {
    Shelf shelf = shelf(bin.sizeClass());
    long[] moved = new long[Math.max(1, bin.capacity() / 2)];
    bin.moveOldest(moved, 0, moved.length);
    int excess = Math.max(0, moved.length - shelf.lo().room());
    for (long address : shelf.lo().takeOldest(excess)) {
      putBack(shelf, address);
    }
    int kept = Math.min(moved.length, shelf.lo().room());
    for (int i = 0; i < moved.length - kept; i++) {
      putBack(shelf, moved[i]);
    }
    shelf.lo().add(moved, moved.length - kept, kept);
    spills++;
  }

  /** Takes a page that nobody owns. */
  void own(Page page, Bin bin) {
    changeOwner(page, null, heap);
    take(page, shelf(bin.sizeClass()));
  }

  private void take(Page page, Shelf shelf) {
    page.bin(shelf.bin());
    owned.add(page);
    heap.own(page, shelf.bin(), context.directory().table());
    if (page.freeBlocks() > 0) {
      shelf.partial().add(page);
    }
  }

  void drain() {
    if (heap.hasQueued()) {
      drain(heap.takeQueued());
    }
  }

  private void drain(@Nullable Page first) {
    Page page = first;
    while (page != null) {
      // Read before the page may be queued again, which the drain allows.
      Page next = page.nextQueued();
      drained += page.drain();
      settle(page);
      page = next;
    }
  }

  /** Takes everything of a dead heap over; the caller has removed it from the pool's heaps. */
  void adopt(HeapPages dead) {
    dead.returnCached();
    // From here on remote frees to the dead heap wait until their page has its new owner.
    Page queued = dead.heap.closeInbox();
    for (Page page : dead.owned) {
      int sizeClass = binOf(page).sizeClass();
      dead.shelf(sizeClass).partial().remove(page);
      changeOwner(page, dead.heap, heap);
      take(page, shelf(sizeClass));
      adopted++;
    }
    dead.owned.clear();
    drain(queued);
    refills += dead.refills;
    spills += dead.spills;
    drained += dead.drained;
    adopted += dead.adopted;
  }

  /** Returns all cached blocks to their pages, and the pages that are then empty to the store. */
  void flush() {
    returnCached();
    for (Page page : owned.toArray(new Page[0])) {
      if (page.isEmpty()) {
        retire(page);
      } else if (page.freeBlocks() > 0 && !page.isListed()) {
        shelf(binOf(page).sizeClass()).partial().add(page);
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
      int free = page.countFree();
      if (free != page.freeBlocks()) {
        throw new IllegalStateException(
            "page 0x%x counts %d free blocks, its states say %d"
                .formatted(page.base(), page.freeBlocks(), free));
      }
      if (page.owner() != heap) {
        throw new IllegalStateException("page 0x%x has another owner".formatted(page.base()));
      }
      if (page.isListed() != page.freeBlocks() > 0) {
        throw new IllegalStateException(
            "page 0x%x with %d free blocks is listed: %s"
                .formatted(page.base(), page.freeBlocks(), page.isListed()));
      }
    }
  }

  /** Leaves pages unlisted that have free blocks now. */
  private void returnCached() {
    for (Shelf shelf : shelves.values()) {
      while (shelf.bin().size() > 0) {
        long address = shelf.bin().pop();
        context.directory().lookup(address).put(address);
      }
      for (long address : shelf.lo().takeOldest(shelf.lo().size())) {
        context.directory().lookup(address).put(address);
      }
    }
  }

  private void putBack(Shelf shelf, long address) {
    Page page = context.directory().lookup(address);
    page.put(address);
    settle(shelf, page);
  }

  private void settle(Page page) {
    if (page.owner() == heap) {
      settle(shelf(binOf(page).sizeClass()), page);
    }
  }

  private void settle(Shelf shelf, Page page) {
    if (page.freeBlocks() > 0 && !page.isListed()) {
      shelf.partial().add(page);
    }
    if (page.isEmpty() && shelf.partial().size() > 1) {
      retire(page);
    }
  }

  private void retire(Page page) {
    int sizeClass = binOf(page).sizeClass();
    shelf(sizeClass).partial().remove(page);
    owned.remove(page);
    heap.disown(page);
    page.bin(null);
    changeOwner(page, heap, null);
    store.put(sizeClass, page);
  }

  private void changeOwner(Page page, @Nullable LocalHeap from, @Nullable LocalHeap to) {
    if (!context.directory().adopt(page, from, to)) {
      throw new IllegalStateException("page 0x%x has another owner".formatted(page.base()));
    }
  }

  private static Bin binOf(Page page) {
    Bin bin = page.bin();
    if (bin == null) {
      throw new IllegalStateException("page 0x%x has no bin".formatted(page.base()));
    }
    return bin;
  }

  private Shelf shelf(int sizeClass) {
    Shelf shelf = shelves.get(sizeClass);
    if (shelf == null) {
      throw new IllegalStateException("pool-v1 has no class " + sizeClass);
    }
    return shelf;
  }
}
