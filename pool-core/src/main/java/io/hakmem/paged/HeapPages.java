package io.hakmem.paged;

import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Operations;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PoolBox.ClassFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The pages of one heap. Only the heap's thread calls it, or its adopter; any thread asks sums. */
final class HeapPages {

  private final LocalHeap heap;
  private final PageDirectory directory;
  private final SharedStore store;
  private final PagePolicy policy;
  private final Bin[] bins;

  /** The bins there are: a box before this one may serve some classes by itself. */
  private final List<Bin> made = new ArrayList<>();

  /** Changed by the heap's thread, and read by every thread that adds figures up. */
  private final Set<Page> owned = ConcurrentHashMap.newKeySet();

  /** Blocks that were handed out of pages this heap no longer owns, by class. */
  private final long[] poppedBefore;

  /** By class. */
  private final long[] drained;

  private long refills;
  private long collections;
  private long adopted;

  HeapPages(
      LocalHeap heap, PageDirectory directory, SharedStore store, PagePolicy policy, int classes) {
    this.heap = heap;
    this.policy = policy;
    this.bins = new Bin[classes];
    this.poppedBefore = new long[classes];
    this.drained = new long[classes];
    this.directory = directory;
    this.store = store;
  }

  LocalHeap heap() {
    return heap;
  }

  boolean isDead() {
    Thread thread = heap.thread();
    return thread != null && !thread.isAlive();
  }

  /** Adds the only bin of its class. */
  void add(Bin bin) {
    if (bins[bin.sizeClass()] != null) {
      throw new IllegalStateException("class %d has a bin already".formatted(bin.sizeClass()));
    }
    bins[bin.sizeClass()] = bin;
    made.add(bin);
  }

  void countRefill() {
    refills++;
  }

  /** Takes a page that nobody owns. */
  void own(Page page, Bin bin) {
    changeOwner(page, null, heap);
    take(page, bin);
  }

  private void take(Page page, Bin bin) {
    owned.add(page);
    heap.own(page, bin, directory.table());
  }

  /** Takes back what other threads freed, but for boxes that leave that to a flush. */
  void drain() {
    if (heap.hasQueued()) {
      drain(heap.takeQueued(), false);
    }
  }

  /** Takes back all that other threads freed. */
  void drainAll() {
    drain(heap.takeQueued(), true);
  }

  private void drain(@Nullable Page first, boolean all) {
    Page page = first;
    while (page != null) {
      // Read before the page may be queued again, which the drain allows.
      Page next = page.nextQueued();
      if (page.owner() != heap) {
        passOn(page);
      } else if (all || pagesOf(page).policy.drainsFirst()) {
        pagesOf(page).countDrained(page, heap.drain(page));
      } else {
        heap.queue(page);
      }
      page = next;
    }
  }

  /** All boxes of a heap share its inbox, and each counts its own pages. */
  private HeapPages pagesOf(Page page) {
    return page.bin() instanceof PagedBin paged ? paged.pages() : this;
  }

  private void countDrained(Page page, int blocks) {
    if (blocks > 0) {
      drained[binOf(page).sizeClass()] += blocks;
    }
  }

  /** A remote free that read the owner before the page changed hands queued it here. */
  private static void passOn(Page page) {
    page.beginDrain();
    page.box().freeRemote(page, page.base());
  }

  /**
   * Takes everything of a dead heap over; the caller has removed it from the pool's heaps.
   *
   * @param queued what waited in its inbox, which is closed: remote frees wait until their page has
   *     its new owner
   */
  void adopt(HeapPages dead, @Nullable Page queued) {
    for (Bin bin : dead.made) {
      bin.dropCurrent();
    }
    for (Page page : dead.owned) {
      changeOwner(page, dead.heap, heap);
      take(page, bins[binOf(page).sizeClass()]);
      adopted++;
    }
    drain(queued, true);
    collect();
    for (int i = 0; i < bins.length; i++) {
      poppedBefore[i] += dead.poppedBefore[i];
      drained[i] += dead.drained[i];
    }
    refills += dead.refills;
    collections += dead.collections;
    adopted += dead.adopted;
  }

  /** Moves empty pages but the current ones to the store, as the policy says. */
  void collect() {
    collect(policy.emptyKept());
  }

  private void collect(int kept) {
    heap.forgetEmptied();
    collections++;
    for (Bin bin : made) {
      bin.removeEmpty(kept, this::retire);
    }
  }

  /** Moves all empty pages to the store. */
  void flush() {
    for (Bin bin : made) {
      bin.dropCurrent();
    }
    collect(0);
  }

  int pages() {
    return owned.size();
  }

  /** Adds what this heap has of each class to the figures of that class. */
  void addTo(ClassFigures[] sums) {
    long[] popped = poppedBefore.clone();
    long[] liveBlocks = new long[bins.length];
    long[] waiting = new long[bins.length];
    for (Page page : owned) {
      Bin bin = page.bin();
      if (bin != null) { // Its thread may be taking the page out right now.
        int sizeClass = bin.sizeClass();
        int taken = page.liveBlocks();
        long waits = page.waiting();
        popped[sizeClass] += page.popped(taken);
        liveBlocks[sizeClass] += taken;
        waiting[sizeClass] += waits;
        long liveBytes = (taken - waits) * page.blockBytes();
        sums[sizeClass] =
            sums[sizeClass].plus(
                new ClassFigures(0, 1, liveBytes, page.bytes() - liveBytes, Operations.NONE));
      }
    }
    for (int i = 0; i < bins.length; i++) {
      long ownFrees = popped[i] - liveBlocks[i] - drained[i];
      Operations operations = new Operations(popped[i], ownFrees, drained[i], waiting[i]);
      sums[i] = sums[i].plus(new ClassFigures(0, 0, 0, 0, operations));
    }
  }

  void addCounters(Map<String, Long> sum) {
    sum.merge(policy.counterPrefix() + "refills", refills, Long::sum);
    sum.merge(policy.counterPrefix() + "collections", collections, Long::sum);
    sum.merge(policy.counterPrefix() + "drained", LongStream.of(drained).sum(), Long::sum);
    sum.merge(policy.counterPrefix() + "adopted", adopted, Long::sum);
  }

  void checkInvariants() {
    for (Page page : owned) {
      int free = page.countFree();
      if (free + page.liveBlocks() != page.capacity()) {
        throw new IllegalStateException(
            "page 0x%x has %d free and %d used blocks, capacity %d"
                .formatted(page.base(), free, page.liveBlocks(), page.capacity()));
      }
      if (page.owner() != heap) {
        throw new IllegalStateException("page 0x%x has another owner".formatted(page.base()));
      }
    }
    int[] listed = new int[bins.length];
    owned.stream()
        .filter(page -> !page.isFull())
        .forEach(page -> listed[binOf(page).sizeClass()]++);
    for (Bin bin : made) {
      if (bin.countPages() != listed[bin.sizeClass()]) {
        throw new IllegalStateException(
            "class %d lists %d pages, %d have free blocks"
                .formatted(bin.sizeClass(), bin.countPages(), listed[bin.sizeClass()]));
      }
    }
  }

  private void retire(Page page) {
    owned.remove(page);
    int sizeClass = binOf(page).sizeClass();
    poppedBefore[sizeClass] += page.takePopped();
    heap.disown(page);
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
}
