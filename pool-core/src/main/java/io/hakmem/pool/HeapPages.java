package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageLookup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages and the lo reserves of one heap. Only the heap's thread calls it, or its adopter. */
final class HeapPages {

  private final LocalHeap heap;
  private final PageDirectory directory;
  private final PageLookup lookup;
  private final SharedStore store;
  private final List<Shelf> shelves = new ArrayList<>();
  private final Set<Page> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private long outBytes;
  private long refills;
  private long spills;
  private long drained;
  private long adopted;

  HeapPages(LocalHeap heap, PageDirectory directory, SharedStore store) {
    this.heap = heap;
    this.directory = directory;
    this.lookup = directory.newLookup();
    this.store = store;
  }

  LocalHeap heap() {
    return heap;
  }

  boolean isDead() {
    Thread thread = heap.thread();
    return thread != null && !thread.isAlive();
  }

  /** Adds the bin of the next class, and how many blocks may wait beside it. */
  void add(Bin bin, int reserveCapacity) {
    if (bin.sizeClass() != shelves.size()) {
      throw new IllegalStateException(
          "class %d comes after %d classes".formatted(bin.sizeClass(), shelves.size()));
    }
    shelves.add(new Shelf(bin, reserveCapacity));
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
      int taken = page.take(bin, wanted - bin.size(), heap.cachedState());
      outBytes += taken * bin.blockBytes();
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
    long[] oldest = shelf.lo().takeOldest(excess);
    putBack(shelf, oldest, oldest.length);
    int kept = Math.min(moved.length, shelf.lo().room());
    putBack(shelf, moved, moved.length - kept);
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
    heap.own(page, shelf.bin(), directory.table());
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
      if (page.owner() == heap) {
        int came = page.drain();
        drained += came;
        outBytes -= came * page.blockBytes();
        settle(shelf(binOf(page).sizeClass()), page);
      } else {
        passOn(page);
      }
      page = next;
    }
  }

  /** A remote free that read the owner before the page changed hands queued it here. */
  private static void passOn(Page page) {
    page.beginDrain();
    page.box().freeRemote(page);
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
    outBytes += dead.outBytes;
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

  long cachedBytes() {
    long bytes = 0;
    for (Shelf shelf : shelves) {
      bytes += (shelf.bin().size() + shelf.lo().size()) * shelf.bin().blockBytes();
    }
    return bytes;
  }

  long liveBytes() {
    return outBytes - cachedBytes();
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
    outBytes -= cachedBytes();
    for (Shelf shelf : shelves) {
      while (shelf.bin().size() > 0) {
        long address = shelf.bin().pop();
        lookup.find(address).put(address);
      }
      for (long address : shelf.lo().takeOldest(shelf.lo().size())) {
        lookup.find(address).put(address);
      }
    }
  }

  /** Neighbours often come together, so a page is settled once for all of its blocks in a row. */
  private void putBack(Shelf shelf, long[] blocks, int count) {
    Page page = Page.NONE;
    for (int i = 0; i < count; i++) {
      if (!page.contains(blocks[i])) {
        settle(shelf, page);
        page = lookup.find(blocks[i]);
      }
      page.put(blocks[i]);
    }
    settle(shelf, page);
    outBytes -= count * shelf.bin().blockBytes();
  }

  private void settle(Shelf shelf, Page page) {
    if (page == Page.NONE) {
      return;
    }
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
    if (!directory.adopt(page, from, to)) {
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
    return shelves.get(sizeClass);
  }
}
