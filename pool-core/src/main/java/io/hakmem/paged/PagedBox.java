package io.hakmem.paged;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Events;
import io.hakmem.event.Refill;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A box with pages of its own. A bin without free blocks gets a page from remote frees, dead heaps,
 * the shared store, empty pages of the heap's other bins, the page supply, in this order.
 */
public abstract class PagedBox implements PoolBox, PageHandler {

  private final PageDirectory directory;
  private final PageSupply supply;
  private final PagePolicy policy;
  private final long[] blockSizes;
  private final SharedStore store;

  private final Heaps heaps;

  /** A box that serves the given classes, ascending multiples of 16 bytes. */
  protected PagedBox(BoxContext context, PagePolicy policy, long[] blockSizes) {
    this(context, policy, blockSizes, context.supply());
  }

  /** A box that gets its pages from a supply of its own, as from one over the context's. */
  protected PagedBox(BoxContext context, PagePolicy policy, long[] blockSizes, PageSupply supply) {
    this.directory = context.directory();
    this.supply = supply;
    this.policy = policy;
    this.blockSizes = blockSizes.clone();
    this.heaps = new Heaps(blockSizes.length);
    this.store = new SharedStore(directory, supply, blockSizes.length);
  }

  PageDirectory directory() {
    return directory;
  }

  PagePolicy policy() {
    return policy;
  }

  PageSupply supply() {
    return supply;
  }

  SharedStore store() {
    return store;
  }

  @Override
  public final long[] blockSizes() {
    return blockSizes.clone();
  }

  /** A direct bin, as it stands. */
  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    return newPagedBin(heap, sizeClass);
  }

  /** A bin whose pages the heap pops and pushes by itself. */
  protected final PagedBin newPagedBin(LocalHeap heap, int sizeClass) {
    HeapPages pages = heaps.of(heap, this);
    PagedBin bin = new PagedBin(this, sizeClass, blockSizes[sizeClass], pages);
    pages.add(bin);
    return bin;
  }

  /** A bin of which the box is asked for each operation. */
  protected final Bin newAskedBin(LocalHeap heap, int sizeClass) {
    return new AskedBin(heap, newPagedBin(heap, sizeClass));
  }

  /** The bin that holds the pages, of a bin that this box made. */
  protected static PagedBin pagedBin(Bin bin) {
    return bin instanceof AskedBin asked ? asked.paged() : (PagedBin) bin;
  }

  /** What {@link #allocateAtOnce} of a box returns that serves asked bins from their pages. */
  protected static long popAtOnce(Bin bin) {
    return bin instanceof AskedBin asked ? asked.popBehindAtOnce() : bin.popAtOnce();
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    PagedBin paged = pagedBin(bin);
    if (paged.isLow()) {
      tidyLow(heap, paged);
    }
    if (!paged.hasFreeBlocks()) {
      refill(heap, paged);
    }
    return paged.pop();
  }

  /** A direct bin that is low has no free block, so that its refill drains. */
  private void tidyLow(LocalHeap heap, PagedBin bin) {
    if (policy.drainsFirst() && !bin.isDirect()) {
      bin.drain();
    }
    if (heap.shouldCollect()) {
      collect(heap);
    }
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    Refill event = Events.refill();
    StackRoom.require();
    PagedBin paged = pagedBin(bin);
    HeapPages pages = paged.pages();
    pages.counts().refills++;
    Page page = refillFromOwn(pages, paged) ? Page.NONE : foundPage(heap, paged);
    boolean isNew = page == null;
    if (page == null) {
      page = suppliedPage(heap, paged);
    }
    if (page != Page.NONE) {
      give(heap, paged, page);
    }
    if (event != null) {
      String origin = page == Page.NONE ? "freed blocks" : isNew ? "page supply" : "empty pages";
      event.finish(name(), bin.blockBytes(), origin, page.base());
    }
  }

  /** What refuses the page leaves it to the store. */
  private void give(LocalHeap heap, PagedBin bin, Page page) {
    try {
      prepare(heap, bin, page);
      bin.pages().own(page, bin);
    } catch (Throwable refused) {
      store.put(bin.sizeClass(), page);
      throw refused;
    }
  }

  /** Gives the bin free blocks of pages that the heap owns, or can take over from a dead one. */
  private boolean refillFromOwn(HeapPages pages, PagedBin bin) {
    if (policy.drainsFirst()) {
      pages.drain();
    }
    return bin.hasFreeBlocks() || (heaps.adoptDead(pages) && bin.hasFreeBlocks());
  }

  /** An empty page of the shared store, or of the heap's other bins. */
  private @Nullable Page foundPage(LocalHeap heap, PagedBin bin) {
    Page page = keptPage(bin);
    if (page == null) {
      heap.collectEmptied();
      page = keptPage(bin);
    }
    return page;
  }

  /** A page of the supply; where that refuses, held blocks and pages that they empty. */
  private Page suppliedPage(LocalHeap heap, PagedBin bin) {
    try {
      return newPage(bin);
    } catch (OutOfNativeMemoryException refused) {
      releaseHeld(heap);
      if (bin.hasFreeBlocks()) {
        return Page.NONE;
      }
      Page emptied = foundPage(heap, bin);
      if (emptied == null) {
        throw refused;
      }
      return emptied;
    }
  }

  private Page newPage(PagedBin bin) {
    long wanted = wantedBytes(bin);
    long least = Math.min(wanted, leastBytes(bin));
    if (wanted > least) {
      try {
        return newPage(supply.acquire(wanted), wanted, bin.blockBytes());
      } catch (OutOfNativeMemoryException refused) {
        // A shorter one may be had yet.
      }
    }
    return newPage(supply.acquire(least), least, bin.blockBytes());
  }

  /** Length of the run that is asked for where there is no memory for the one that is wanted. */
  private long leastBytes(PagedBin bin) {
    long bytes = runBytesOf(bin.blockBytes());
    return policy.varies() && supply.ampleBytes() < bytes
        ? PageLengths.shortened(bytes, bin.blockBytes(), 0)
        : bytes;
  }

  /** Length of the next run of a bin. */
  private long wantedBytes(PagedBin bin) {
    long bytes = runBytesOf(bin.blockBytes());
    if (!policy.varies()) {
      return bytes;
    }
    long ample = supply.ampleBytes();
    if (bytes > ample) {
      return PageLengths.shortened(bytes, bin.blockBytes(), bin.ownedBytes());
    }
    long wide = bin.hasNewest() ? PageLengths.widened(bytes, bin.blockBytes()) : bytes;
    return wide <= ample ? wide : bytes;
  }

  @Override
  public void collect(LocalHeap heap) {
    HeapPages pages = heaps.find(heap);
    if (pages != null) {
      pages.collect();
    }
  }

  @Override
  public void freeRemote(Page page, long address) {
    while (page.claimQueue()) {
      if (isQueuedOnOwner(page)) {
        return;
      }
      page.beginDrain();
      if (page.ownerVolatile() == null) {
        return;
      }
    }
  }

  /** False if nobody owns the page; whatever it throws, the page can be queued again. */
  private static boolean isQueuedOnOwner(Page page) {
    try {
      LocalHeap owner = page.ownerVolatile();
      while (owner != null && !owner.inbox().add(page)) {
        owner = page.ownerVolatile(); // Another one by now.
      }
      return owner != null;
    } catch (Throwable brokenOff) {
      page.beginDrain();
      throw brokenOff;
    }
  }

  @Override
  public void flush(LocalHeap heap) {
    HeapPages pages = heaps.find(heap);
    if (pages != null) {
      pages.drainAll();
      if (heap.isOfCaller()) {
        heaps.adoptDead(pages);
      }
      releaseHeld(heap);
      pages.flush();
    }
    store.clear();
  }

  @Override
  public void reclaim() {
    heaps.flushEnded();
    store.clear();
  }

  @Override
  public void purge() {
    heaps.flushEnded();
    store.purge();
  }

  /** Classes and counters; a box adds what else it has to tell. */
  @Override
  public BoxReport report() {
    return BoxReport.NOTHING
        .withClasses(classFigures())
        .withCounters(heaps.counters(policy.counterPrefix()));
  }

  private List<ClassFigures> classFigures() {
    ClassFigures[] sums = new ClassFigures[blockSizes.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new ClassFigures(blockSizes[i], 0, 0, 0, Operations.NONE);
    }
    heaps.addTo(sums);
    store.addTo(sums);
    return List.of(sums);
  }

  @Override
  public void checkInvariants(LocalHeap heap) {
    HeapPages pages = heaps.find(heap);
    if (pages != null) {
      pages.checkInvariants();
    }
  }

  /** Length of a run for blocks of a size: up to an eighth of it may be lost at its end. */
  public static long runBytes(long blockBytes) {
    return PageLengths.ordinary(blockBytes);
  }

  /** Bytes of a run for blocks of a class, a multiple of those of an ordinary page. */
  protected long runBytesOf(long blockBytes) {
    return runBytes(blockBytes);
  }

  /** Lays blocks of a class out over a run. */
  protected Page layOut(PageSupply.Run run, long bytes, long blockBytes) {
    return new Page(this, run.base(), bytes, blockBytes, (int) (bytes / blockBytes), run.memory());
  }

  /** Is told of a page without a live block before the heap gets it; the heap's thread calls it. */
  protected void prepare(LocalHeap heap, PagedBin bin, Page page) {}

  /**
   * Gives every block of the heap back that the box holds, by {@link LocalHeap#takeBack}: the heap
   * is flushed, or a page is refused. The heap's thread calls it, after it took back remote frees.
   */
  protected void releaseHeld(LocalHeap heap) {}

  /**
   * Is told of a page that the heap took over from an ended thread, with live blocks as a rule; no
   * block of it is held. The heap's thread calls it.
   */
  protected void adopted(LocalHeap heap, Bin bin, Page page) {}

  /**
   * Is told of a page that leaves the heap, whatever is thrown: no bin has it any more, and all of
   * its blocks are free. The heap's thread calls it.
   */
  protected void retired(LocalHeap heap, Page page) {}

  /** A page that the shared store has, of the bin's class or with the memory of another one. */
  private @Nullable Page keptPage(PagedBin bin) {
    Page page = store.take(bin.sizeClass());
    if (page != null) {
      return page;
    }
    long bytes = wantedBytes(bin);
    PageSupply.Run run = store.takeRun(bytes);
    return run == null ? null : newPage(run, bytes, bin.blockBytes());
  }

  private Page newPage(PageSupply.Run run, long bytes, long blockBytes) {
    try {
      Page page = layOut(run, bytes, blockBytes);
      if (run.isZero()) {
        page.zeroed();
      }
      directory.register(page);
      return page;
    } catch (Throwable refused) {
      supply.release(run.base(), bytes);
      throw refused;
    }
  }
}
