package io.hakmem.paged;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageTable;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PageSupply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pages of one heap. Only the heap's thread calls it, or its adopter; any thread asks sums. */
final class HeapPages {

  private final PagedBox box;
  private final LocalHeap heap;
  private final PageDirectory directory;
  private final SharedStore store;
  private final PageSupply supply;
  private final PagePolicy policy;
  private final Bin[] bins;

  /** The bins there are: a box before this one may serve some classes by itself. */
  private final List<Bin> made = new ArrayList<>();

  /** By class: changed by the heap's thread, and read by every thread that adds figures up. */
  private final OwnedPages[] owned;

  private final PageCounts counts;

  /** Whether a thread is taking over what this heap's thread left behind when it ended. */
  private final AtomicBoolean adopting = new AtomicBoolean();

  /** Guarded by the claim of the adoption. */
  private boolean forgotten;

  HeapPages(PagedBox box, LocalHeap heap, int classes) {
    this.box = box;
    this.heap = heap;
    this.policy = box.policy();
    this.directory = box.directory();
    this.store = box.store();
    this.supply = box.supply();
    this.bins = new Bin[classes];
    this.counts = new PageCounts(classes);
    this.owned = OwnedPages.ofClasses(classes);
  }

  LocalHeap heap() {
    return heap;
  }

  String boxName() {
    return box.name();
  }

  PageCounts counts() {
    return counts;
  }

  /** Adds the only bin of its class. */
  void add(Bin bin) {
    if (bins[bin.sizeClass()] != null) {
      throw new IllegalStateException("class " + bin.sizeClass() + " has a bin already");
    }
    bins[bin.sizeClass()] = bin;
    made.add(bin);
  }

  /**
   * Takes a page that nobody owns; whatever it throws, the page is still nobody's. The caller has
   * asked for room on the stack.
   */
  void own(Page page, Bin bin) {
    page.requireReach();
    PageTable newest = directory.table();
    OwnedPages ofClass = owned[bin.sizeClass()];
    ofClass.add(page);
    try {
      changeOwner(page, null, heap);
    } catch (Throwable refused) {
      ofClass.remove(page);
      throw refused;
    }
    heap.own(page, bin, newest);
  }

  /** Takes back what other threads freed, but for boxes that leave that to a flush. */
  void drain() {
    if (heap.inbox().hasPages()) {
      drain(false);
    }
  }

  /** Takes back all that other threads freed, also where they were broken off. */
  void drainAll() {
    drain(true);
    eachPage(this::drainMissed);
  }

  private void drainMissed(Page page) {
    if (page.claimMissed()) {
      drain(page);
    }
  }

  private void drain(boolean all) {
    StackRoom.require();
    Page left = heap.inbox().takeAll();
    try {
      while (left != null) {
        Page page = left;
        left = page.nextQueued(); // The page may be queued again at once.
        drain(page, all);
      }
    } catch (Throwable brokenOff) {
      heap.inbox().putBack(left);
      throw brokenOff;
    }
  }

  private void drain(Page page, boolean all) {
    if (page.owner() != heap) {
      passOn(page);
    } else if (all || pagesOf(page).policy.drainsFirst()) {
      pagesOf(page).drain(page);
    } else {
      heap.inbox().add(page);
    }
  }

  /** All boxes of a heap share its inbox, and each counts its own pages. */
  private HeapPages pagesOf(Page page) {
    return page.bin() instanceof PagedBin paged ? paged.pages() : this;
  }

  private void drain(Page page) {
    int blocks;
    try {
      blocks = policy.holdsFreed() ? heap.drainThroughHandler(page) : heap.drain(page);
    } catch (Throwable brokenOff) {
      if (page.claimQueue()) {
        heap.inbox().add(page);
      }
      throw brokenOff;
    }
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
   * Claims what this heap's thread left behind; false if another thread is about to take it. There
   * is room on the stack to end the claim.
   */
  boolean beginAdoption() {
    StackRoom.require();
    return adopting.compareAndSet(false, true);
  }

  /** Lets another thread go on where this one was broken off. */
  void endAdoption() {
    adopting.set(false);
  }

  /** Whether nothing of this heap is left to be taken over. */
  boolean isForgotten() {
    return forgotten;
  }

  /**
   * Takes the pages of a dead heap over, one by one: where that is broken off, the rest can be
   * taken by another call. The caller has claimed the adoption.
   */
  void adopt(HeapPages dead) {
    StackRoom.require();
    PageTable newest = directory.table();
    dead.unlistAll();
    try {
      for (int sizeClass = 0; sizeClass < owned.length; sizeClass++) {
        adopt(dead, sizeClass, newest);
      }
    } catch (Throwable brokenOff) {
      dead.listAll();
      throw brokenOff;
    }
    dead.emptyInbox(this);
    dead.forget(counts);
    collect();
  }

  /** Of a dead heap, before its pages leave: none of them may be reached through it then. */
  private void unlistAll() {
    for (int i = 0; i < made.size(); i++) { // Without an iterator: it is a Java object.
      made.get(i).unlistAll();
    }
  }

  private void listAll() {
    for (OwnedPages ofClass : owned) {
      for (int place = 0; place < ofClass.size(); place++) {
        Page page = ofClass.at(place);
        Bin bin = page == null ? null : page.bin();
        if (page != null && bin != null) {
          bin.list(page);
        }
      }
    }
  }

  private void adopt(HeapPages dead, int sizeClass, PageTable newest) {
    OwnedPages left = dead.owned[sizeClass];
    for (Page page = left.last(); page != null; page = left.last()) {
      adopt(dead, sizeClass, page, newest);
    }
  }

  private void adopt(HeapPages dead, int sizeClass, Page page, PageTable newest) {
    Bin bin = bins[sizeClass];
    OwnedPages ofClass = owned[sizeClass];
    OwnedPages left = dead.owned[sizeClass];
    ofClass.add(page);
    try {
      changeOwner(page, dead.heap, heap);
    } catch (Throwable refused) {
      ofClass.remove(page);
      left.keepLast();
      throw refused;
    }
    left.removeLast();
    heap.own(page, bin, newest);
    counts.adopted++;
    heap.takeBackHeld(page); // What held them went with its heap.
    box.adopted(heap, bin, page);
  }

  /**
   * Passes on what waits in the inbox of a dead heap that owns no page of its box any more, so that
   * no other will come; the adopter drains those of its pages itself.
   */
  private void emptyInbox(HeapPages adopter) {
    StackRoom.require();
    for (Page page = heap.inbox().take(box); page != null; page = heap.inbox().take(box)) {
      adopter.drain(page, true);
    }
  }

  /** Passes all of it on, of a dead heap that owns no page; its counts go to those of others. */
  void forget(PageCounts to) {
    if (!forgotten) {
      emptyInbox(this);
      to.add(counts);
      forgotten = true;
    }
  }

  /** Moves empty pages but the current ones to the store, as the policy says. */
  void collect() {
    collect(policy.emptyKept());
  }

  private void collect(int kept) {
    StackRoom.require();
    heap.forgetEmptied();
    counts.collections++;
    for (Bin bin : made) {
      bin.removeEmpty(kept, this::retire);
    }
  }

  /** Moves all empty pages to the store. */
  void flush() {
    StackRoom.require();
    for (Bin bin : made) {
      bin.dropCurrent();
    }
    collect(0);
    eachPage(this::discardFree);
  }

  private void discardFree(Page page) {
    if (!page.isFull()) {
      page.eachFreeRange(PageSource.DISCARD_BYTES, supply::discard);
    }
  }

  /** Moves all empty pages to the store, of a heap whose thread has ended. */
  void flushEnded() {
    drainAll();
    eachPage(heap::takeBackHeld); // What held them went with the thread.
    flush();
  }

  private void eachPage(Consumer<Page> to) {
    for (OwnedPages ofClass : owned) {
      ofClass.forEach(to);
    }
  }

  long bytes(int sizeClass) {
    return owned[sizeClass].bytes();
  }

  int pages() {
    return OwnedPages.count(owned);
  }

  /** Adds what this heap has of each class to the figures of that class. */
  void addTo(ClassFigures[] sums) {
    for (int sizeClass = 0; sizeClass < bins.length; sizeClass++) {
      Bin bin = bins[sizeClass];
      if (bin != null) {
        OwnedPages.Blocks blocks = owned[sizeClass].blocks(bin.unsettled());
        sums[sizeClass] = sums[sizeClass].plus(figures(bin, blocks));
      }
    }
  }

  private ClassFigures figures(Bin bin, OwnedPages.Blocks blocks) {
    long popped = counts.poppedBefore[bin.sizeClass()] + blocks.popped();
    long drained = counts.drained[bin.sizeClass()];
    long live = (blocks.live() - blocks.waiting()) * bin.blockBytes();
    return new ClassFigures(
        0,
        blocks.pages(),
        live,
        Math.max(0, blocks.bytes() - live),
        new Operations(popped, popped - blocks.live() - drained, drained, blocks.waiting()));
  }

  void checkInvariants() {
    eachPage(this::checkPage);
    int[] listed = new int[bins.length];
    eachPage(page -> listed[binOf(page).sizeClass()] += page.isFull() ? 0 : 1);
    for (Bin bin : made) {
      if (bin.countPages() != listed[bin.sizeClass()]) {
        String has = bin.countPages() + " pages, " + listed[bin.sizeClass()] + " have free blocks";
        throw new IllegalStateException("class " + bin.sizeClass() + " lists " + has);
      }
    }
  }

  private void checkPage(Page page) {
    if (page.countFree() + page.usedBlocks() != page.capacity()) {
      String used = page.usedBlocks() + " used blocks, capacity " + page.capacity();
      throw wrong(page, "has " + page.countFree() + " free and " + used);
    }
    if (page.owner() != heap) {
      throw wrong(page, "has another owner");
    }
  }

  /** The page is in no list any more, so that it goes, whatever its box throws. */
  private void retire(Page page) {
    int sizeClass = binOf(page).sizeClass();
    owned[sizeClass].remove(page);
    counts.poppedBefore[sizeClass] += page.takePopped();
    heap.disown(page);
    try {
      box.retired(heap, page);
    } finally {
      changeOwner(page, heap, null);
      store.put(sizeClass, page);
    }
  }

  private void changeOwner(Page page, @Nullable LocalHeap from, @Nullable LocalHeap to) {
    if (!directory.adopt(page, from, to)) {
      throw wrong(page, "has another owner");
    }
  }

  private static IllegalStateException wrong(Page page, String what) {
    return new IllegalStateException("page 0x" + Long.toHexString(page.base()) + " " + what);
  }

  private static Bin binOf(Page page) {
    Bin bin = page.bin();
    if (bin == null) {
      throw wrong(page, "has no bin");
    }
    return bin;
  }
}
