package io.hakmem.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one thread owns: a bin for each size class. Only that thread allocates and frees through it;
 * every other thread reaches it through its {@link #inbox} alone.
 *
 * <p>Pages are emptied and filled as a whole: the shape is that of mimalloc's page-local free
 * lists, with links outside of the blocks. {@link HotPath} says what a hit does.
 */
public final class LocalHeap {

  /** Base-2 logarithm of the distance between two entries of the route. */
  public static final int ROUTE_SHIFT = 4;

  /** Blocks above are rare and slow to use: a table for them would be large for nothing. */
  public static final long MOST_ROUTED_BYTES = 64 << 10;

  static final int ROUTE_ROUND = (1 << ROUTE_SHIFT) - 1;

  private static final Bin[] NO_BINS = {};

  /**
   * A route that has nothing. It is as long as others: a size beyond the route would take a branch
   * that the allocators before never took, and HotSpot compile it with its call into their loops.
   */
  private static final Bin[] NO_ROUTE = new Bin[(int) (MOST_ROUTED_BYTES >>> ROUTE_SHIFT) + 1];

  static {
    Arrays.fill(NO_ROUTE, Bin.NONE);
  }

  private final @Nullable Thread thread;
  private final SlowPath slow;
  private final PageLookup lookup;
  final FreePath frees;
  final int mostEmptied;
  private final Interval collections;
  private final HeapAccess access = new HeapAccess(this);
  private final Inbox inbox = new Inbox(this);

  /** All pages of the heap; changed in slow paths only. */
  final PageChain owned = new PageChain();

  Bin[] route = NO_ROUTE;

  /** What the route is unless a collector or the close took it away. */
  Bin[] allBins = NO_BINS;

  private Bin[] largeBins = NO_BINS;

  private volatile boolean closed;

  /** How often a page became empty since empty pages were last collected. */
  int emptied;

  /** A block that a broken-off call has to give back yet, or 0; the heap's thread only. */
  public long undone;

  /** Whether the heap was never handed out, so that no thread will ever use it. */
  private volatile boolean abandoned;

  private final Attachments attachments = new Attachments();

  /** Where a heap goes when it cannot serve by itself. */
  public interface SlowPath {

    /** Serves what is no hit: the bin has no free block, there is none, or the size is refused. */
    long allocateSlow(LocalHeap heap, long bytes);

    /** Takes empty pages out of the heap's bins. */
    void collectSlow(LocalHeap heap);
  }

  /**
   * A heap.
   *
   * @param thread the owner; null for a heap that belongs to nobody
   * @param lookup finds pages in slow paths
   * @param frees is told of the pages that this heap owns
   * @param mostEmptied how often a page may become empty before empty pages are collected
   * @param collections the time between two such collections
   */
  public LocalHeap(
      @Nullable Thread thread,
      SlowPath slow,
      PageLookup lookup,
      FreePath frees,
      int mostEmptied,
      Interval collections) {
    this.thread = thread;
    this.slow = slow;
    this.lookup = lookup;
    this.frees = frees;
    this.mostEmptied = mostEmptied;
    this.collections = collections;
  }

  /** See {@link Operations#allocate}. */
  public long allocate(long bytes) {
    return frees.operations().allocate(this, bytes);
  }

  /** Serves a size that no bin of the route has, or refuses it. */
  long beyondRouteSlow(long bytes) {
    return slow.allocateSlow(this, bytes);
  }

  /** Serves what a bin of the route has no block for at once. */
  long missSlow(Bin bin, long bytes) {
    if (!bin.isDirect() || !bin.hasFreeBlocks()) {
      return slow.allocateSlow(this, bytes);
    }
    if (shouldCollect()) {
      slow.collectSlow(this);
    }
    return bin.hasFreeBlocks() ? bin.pop() : slow.allocateSlow(this, bytes);
  }

  /**
   * The bin of a hit of that size, as {@link Operations#allocate} finds it; one without blocks if
   * none.
   */
  public Bin routed(long bytes) {
    long step = (bytes + ROUTE_ROUND) >>> ROUTE_SHIFT;
    Bin[] bins = route;
    return step < bins.length ? bins[(int) step] : Bin.NONE;
  }

  /**
   * Takes back a block of a page of this heap, by a free that is no hit: a live one, one that is
   * held, or one that another thread freed. The heap's thread only.
   *
   * <p>Written out: what calls comes first, and no call stands between two changes.
   *
   * @throws IllegalArgumentException if the block is free, or the address is no block's
   */
  public void takeBack(Page page, long address) {
    takeBackBlock(page, page.indexInUse(address));
  }

  /** The same of a block that is known to be not free, by its number in the page. */
  public void takeBackBlock(Page page, int index) {
    short[] links = page.links;
    Bin bin = page.bin;
    int head = page.head;
    Page last = head < 0 && bin != null ? page(bin.last) : Page.NONE;
    if (links[index] == PageBlocks.HELD) {
      page.held--;
    }
    links[index] = (short) head;
    page.head = index;
    page.used--;
    if (head < 0 && bin != null && bin.current != page) {
      if (page.leftOut) {
        page.nextLeftOut = bin.leftOut;
        bin.leftOut = page;
      } else {
        page.next = Page.NO_KEY;
        if (bin.partial == Page.NO_KEY) {
          bin.partial = page.key;
        } else {
          last.next = page.key;
        }
        bin.last = page.key;
      }
    }
    if (page.used == 0) {
      emptied++;
    }
  }

  /** The page in the slot of a key: the key's own, if it is in the table and of this heap. */
  Page page(int key) {
    return frees.page(key);
  }

  /**
   * Whether empty pages should be collected, though no box needs one: many became empty, and the
   * last collection is a while ago: else pages would be given away only to get others.
   */
  public boolean shouldCollect() {
    if (emptied < mostEmptied) {
      return false;
    }
    if (collections.passed()) {
      return true;
    }
    emptied = 1; // There are some, and they are counted anew.
    return false;
  }

  /** Lets every box collect its empty pages, if any page became empty since they did. */
  public void collectEmptied() {
    if (emptied > 0) {
      slow.collectSlow(this);
    }
  }

  /** Counts empty pages anew: a box has collected them. */
  public void forgetEmptied() {
    emptied = 0;
  }

  /**
   * Sets the bins before the heap is used.
   *
   * @param bySize an entry for every 16 bytes of size, of which the first is never asked
   * @param above bins of larger blocks, ascending, whose allocations are slow
   */
  public void route(Bin[] bySize, Bin... above) {
    allBins = bySize.clone();
    allBins[0] = Bin.NONE;
    largeBins = above.clone();
    route = allBins;
  }

  /** Who may touch the heap, which its thread asks in slow paths. */
  public HeapAccess access() {
    return access;
  }

  /** Makes allocations slow; under the monitor of the access. */
  void stopAllocationHits() {
    route = NO_ROUTE;
  }

  /** Makes operations hits again; the heap's thread, under the monitor of the access. */
  void resumeHits() {
    if (!closed) {
      frees.reopen(owned, thread);
      route = allBins;
    }
  }

  /** Whether {@link #close} was called; any thread. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether the heap has any page; approximate for other threads. */
  public boolean hasPages() {
    return owned.size() > 0;
  }

  /** The bin for a size, or null when there is none. */
  public @Nullable Bin binFor(long bytes) {
    long step = (bytes + ROUTE_ROUND) >>> ROUTE_SHIFT;
    if (closed || step < allBins.length) {
      return step > 0 && !closed ? allBins[(int) step] : null;
    }
    for (Bin bin : largeBins) {
      if (bytes <= bin.blockBytes()) {
        return bin;
      }
    }
    return null;
  }

  /** Finds a page in a slow path; the heap's thread only. */
  public Page lookup(long address) {
    return lookup.find(this, address);
  }

  /** The thread that owns this heap. */
  public @Nullable Thread thread() {
    return thread;
  }

  /** Whether the calling thread uses the heap as its own, or borrowed it, and is no collector. */
  public boolean isOfCaller() {
    return thread == null || thread == Thread.currentThread();
  }

  /** Whether the heap's thread has ended, so that its pages want another owner. */
  public boolean isOfEndedThread() {
    return abandoned || (thread != null && !thread.isAlive());
  }

  /** The making of the heap was broken off: what it has is like what ended threads leave behind. */
  public void abandon() {
    abandoned = true;
  }

  /**
   * Gives a bin a page. If the bin is direct, frees of its blocks are hits from now on, unless the
   * table leaves the page out, and so are allocations when the bin turns to it. The heap's thread
   * only, after {@link Page#requireReach} and {@link StackRoom#require}, and after the page is
   * registered and its owner is this heap.
   */
  public void own(Page page, Bin bin, PageTable newest) {
    LocalHeap former = page.home;
    if (former != null) {
      former.owned.remove(page);
    }
    owned.add(page);
    page.bin = bin;
    page.home = this;
    frees.open(page, newest, bin, thread);
    bin.open(page);
  }

  /** Makes frees of the page's blocks slow; the heap's thread only, for a page in no list. */
  public void disown(Page page) {
    Bin of = page.bin;
    if (of != null) {
      of.forget(page);
    }
    if (page.home == this) {
      owned.remove(page);
    }
    page.thread = null;
    page.asker = null;
    page.home = null;
    page.bin = null;
  }

  /** Hands what other threads freed of a page from the inbox to its handler; returns how much. */
  public int drainThroughHandler(Page page) {
    return page.drain(this);
  }

  /** Takes all held blocks of a page back; returns how many. */
  public int takeBackHeld(Page page) {
    boolean wasFull = page.isFull();
    return listed(page, wasFull, page.pushHeld());
  }

  /** Puts all that other threads freed back into the page, which was taken from the inbox. */
  public int drain(Page page) {
    boolean wasFull = page.isFull();
    return listed(page, wasFull, page.drain());
  }

  private int listed(Page page, boolean wasFull, int takenBack) {
    if (wasFull && takenBack > 0) {
      page.relist();
    }
    if (page.used == 0) {
      emptied++;
    }
    return takenBack;
  }

  /** What is attached to the heap under a key, or null. Any thread. */
  public @Nullable Object attachment(Object key) {
    return attachments.find(key);
  }

  /** Attaches something under a key that has nothing yet; it goes with the heap. Any thread. */
  public void attach(Object key, Object value) {
    attachments.add(key, value);
  }

  /** Makes every operation slow from now on. Other threads see it soon. */
  public void close() {
    closed = true;
    access.close();
  }

  /** Pages in which other threads freed blocks. */
  public Inbox inbox() {
    return inbox;
  }
}
