package io.hakmem.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one thread owns: a bin for each size class. Only that thread allocates and frees through it;
 * every other thread reaches it through {@link #queue} alone.
 *
 * <p>A hit reads three tables and nothing else: size to bin, page to bin, page to block states. A
 * page that is not this heap's has a bin that is empty and full at once, so one comparison sends
 * every free that is not a hit to the slow path.
 */
public final class LocalHeap {

  /** Base-2 logarithm of the distance between two entries of the route. */
  public static final int ROUTE_SHIFT = 4;

  private static final int ROUTE_ROUND = (1 << ROUTE_SHIFT) - 1;

  private static final VarHandle INBOX;

  static {
    try {
      INBOX = MethodHandles.lookup().findVarHandle(LocalHeap.class, "inbox", Page.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Thread thread;
  private final SlowPath slow;
  private final boolean checked;
  private Bin[] route = {};
  private long firstKey;
  private Bin[] binOfPage = {};
  private byte[][] states = {};
  private boolean closed;
  private @Nullable Page inbox;
  private boolean inboxClosed;

  /** Where a heap goes when a bin cannot serve. */
  public interface SlowPath {

    /** Serves what is no hit: the bin is empty, there is none, or the size is refused. */
    long allocateSlow(LocalHeap heap, long bytes);

    /** Frees what is no hit: the bin is full, the page not this heap's, or the free is refused. */
    void freeSlow(LocalHeap heap, long address);
  }

  /** A heap of a thread; null makes a heap that belongs to nobody. */
  public LocalHeap(@Nullable Thread thread, SlowPath slow, boolean checked) {
    this.thread = thread;
    this.slow = slow;
    this.checked = checked;
  }

  /**
   * A block of at least the given size; contents are undefined. Any long is a valid argument, and a
   * size below 1 is refused.
   */
  public long allocate(long bytes) {
    long step = (bytes + ROUTE_ROUND) >>> ROUTE_SHIFT;
    Bin[] bins = route;
    if (step >= bins.length) {
      return slow.allocateSlow(this, bytes);
    }
    Bin bin = bins[(int) step];
    int top = bin.top - 1;
    if (top < 0) {
      return slow.allocateSlow(this, bytes);
    }
    long address = bin.ring[top];
    bin.top = top;
    if (checked) {
      states[(int) (PageKey.of(address) - firstKey)][Page.granule(address)] = Page.LIVE;
    }
    return address;
  }

  /** Takes a block back; any long is a valid argument and a bad one is refused. */
  public void free(long address) {
    long page = PageKey.of(address) - firstKey;
    Bin[] bins = binOfPage;
    if (page < 0 || page >= bins.length) {
      slow.freeSlow(this, address);
      return;
    }
    Bin bin = bins[(int) page];
    int top = bin.top;
    long[] ring = bin.ring;
    if (top >= ring.length) {
      slow.freeSlow(this, address);
      return;
    }
    if (checked) {
      byte[] ofPage = states[(int) page];
      int granule = Page.granule(address);
      if ((address & Page.GRANULE_MASK) != 0 || ofPage[granule] != Page.LIVE) {
        slow.freeSlow(this, address);
        return;
      }
      ofPage[granule] = Page.CACHED;
    }
    ring[top] = address;
    bin.top = top + 1;
  }

  /**
   * Sets the bins, an entry for every 16 bytes of size, of which the first is never asked; before
   * the heap is used.
   */
  public void route(Bin[] bins) {
    route = bins.clone();
    route[0] = Bin.NONE;
  }

  /** The bin for a size, or null when there is none. */
  public @Nullable Bin binFor(long bytes) {
    long step = (bytes + ROUTE_ROUND) >>> ROUTE_SHIFT;
    return step > 0 && step < route.length ? route[(int) step] : null;
  }

  /** The thread that owns this heap. */
  public @Nullable Thread thread() {
    return thread;
  }

  /** Makes frees of the page's blocks hits; the heap's thread only, after the page is its own. */
  public void own(Page page, Bin bin, PageTable newest) {
    if (newest.length() != binOfPage.length) {
      adjustTo(newest);
    }
    fill(page, bin);
  }

  /** Makes frees of the page's blocks slow; the heap's thread only, while the page is its own. */
  public void disown(Page page) {
    fill(page, Bin.NONE);
  }

  private void fill(Page page, Bin bin) {
    Bin[] bins = binOfPage;
    if (bins.length == 0) {
      return; // closed
    }
    int at = (int) (PageKey.of(page.base()) - firstKey);
    Arrays.fill(bins, at, at + (int) PageKey.of(page.bytes()), bin);
  }

  private synchronized void adjustTo(PageTable newest) {
    if (closed) {
      return;
    }
    Bin[] bins = new Bin[newest.length()];
    Arrays.fill(bins, Bin.NONE);
    if (binOfPage.length > 0) {
      int at = (int) (firstKey - newest.firstKey);
      System.arraycopy(binOfPage, 0, bins, at, binOfPage.length);
    }
    firstKey = newest.firstKey;
    states = newest.states;
    binOfPage = bins;
  }

  /** Makes every operation slow from now on. Other threads than the heap's see it soon. */
  public synchronized void close() {
    closed = true;
    route = new Bin[0];
    binOfPage = new Bin[0];
  }

  /** What a block in a bin is marked as: unchecked hits never touch the state. */
  public byte cachedState() {
    return checked ? Page.CACHED : Page.LIVE;
  }

  /**
   * Pushes a page with remote frees; the caller has claimed the page's queue. Any thread.
   *
   * @return false if the heap is dead, and the page has or will have another owner
   */
  public synchronized boolean queue(Page page) {
    if (inboxClosed) {
      return false;
    }
    page.nextQueued(inbox);
    INBOX.setVolatile(this, page);
    return true;
  }

  /** Whether pages wait; pairs with the volatile write in {@link #queue}. */
  public boolean hasQueued() {
    return INBOX.getOpaque(this) != null;
  }

  /** Takes all waiting pages. */
  public synchronized @Nullable Page takeQueued() {
    Page first = inbox;
    inbox = null;
    return first;
  }

  /** Refuses pages from now on and returns the waiting ones. */
  public synchronized @Nullable Page closeInbox() {
    inboxClosed = true;
    return takeQueued();
  }
}
