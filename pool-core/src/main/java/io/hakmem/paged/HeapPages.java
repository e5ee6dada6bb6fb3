package io.hakmem.paged;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.PageDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pages of one heap. Only the heap's thread calls it, or its adopter; any thread asks sums. */
final class HeapPages {

  private final PagedBox box;
  private final LocalHeap heap;
  private final PageDirectory directory;
  private final SharedStore store;
  private final PagePolicy policy;
  private final Bin[] bins;

  /** The bins there are: a box before this one may serve some classes by itself. */
  private final List<Bin> made = new ArrayList<>();

  /** Changed by the heap's thread, and read by every thread that adds figures up. */
  private final Set<Page> owned = ConcurrentHashMap.newKeySet();

  private final PageCounts counts;

  HeapPages(PagedBox box, LocalHeap heap, int classes) {
    this.box = box;
    this.heap = heap;
    this.policy = box.policy();
    this.directory = box.directory();
    this.store = box.store();
    this.bins = new Bin[classes];
    this.counts = new PageCounts(classes);
  }

  LocalHeap heap() {
    return heap;
  }

  PageCounts counts() {
    return counts;
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
    counts.refills++;
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
        pagesOf(page).drain(page);
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

  private void drain(Page page) {
    int blocks = policy.holdsFreed() ? heap.drainThroughHandler(page) : heap.drain(page);
    if (blocks > 0) {
      counts.drained[binOf(page).sizeClass()] += blocks;
    }
  }

  /** A remote free that read the owner before the page changed hands queued it here. */
  private static void passOn(Page page) {
    page.beginDrain();
    page.handler().freeRemote(page, page.base());
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
      Bin bin = bins[binOf(page).sizeClass()];
      take(page, bin);
      heap.takeBackHeld(page); // What held them went with its heap.
      box.adopted(heap, bin, page);
      counts.adopted++;
    }
    drain(queued, true);
    collect();
    counts.add(dead.counts);
  }

  /** Hands on what waits in the inbox of a dead heap that owns no page, and is closed. */
  void passOnAll(@Nullable Page queued) {
    drain(queued, true);
  }

  /** Moves empty pages but the current ones to the store, as the policy says. */
  void collect() {
    collect(policy.emptyKept());
  }

  private void collect(int kept) {
    heap.forgetEmptied();
    counts.collections++;
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
    long[] popped = counts.poppedBefore.clone();
    long[] liveBlocks = new long[bins.length];
    long[] waiting = new long[bins.length];
    for (Page page : owned) {
      Bin bin = page.bin();
      if (bin != null) { // Its thread may be taking the page out right now.
        int sizeClass = bin.sizeClass();
        int used = page.usedBlocks();
        int live = used - page.heldBlocks();
        long waits = page.waiting();
        popped[sizeClass] += page.popped(used);
        liveBlocks[sizeClass] += live;
        waiting[sizeClass] += waits;
        long liveBytes = (live - waits) * page.blockBytes();
        sums[sizeClass] =
            sums[sizeClass].plus(
                new ClassFigures(0, 1, liveBytes, page.bytes() - liveBytes, Operations.NONE));
      }
    }
    for (int i = 0; i < bins.length; i++) {
      long drained = counts.drained[i];
      long ownFrees = popped[i] - liveBlocks[i] - drained;
      Operations operations = new Operations(popped[i], ownFrees, drained, waiting[i]);
      sums[i] = sums[i].plus(new ClassFigures(0, 0, 0, 0, operations));
    }
  }

  void checkInvariants() {
    for (Page page : owned) {
      int free = page.countFree();
      if (free + page.usedBlocks() != page.capacity()) {
        throw new IllegalStateException(
            "page 0x%x has %d free and %d used blocks, capacity %d"
                .formatted(page.base(), free, page.usedBlocks(), page.capacity()));
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
    counts.poppedBefore[sizeClass] += page.takePopped();
    heap.disown(page);
    box.retired(heap, page);
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
