package io.hakmem.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one thread owns: a bin for each size class. Only that thread allocates and frees through it;
 * every other thread reaches it through {@link #queue} alone.
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
  private PageTable table;
  private @Nullable Page inbox;
  private boolean inboxClosed;

  /** Where a heap goes when a bin cannot serve. */
  public interface SlowPath {

    /** Serves a size above the heap's last class; a heap of nobody has no class. */
    long allocate(LocalHeap heap, long bytes);

    /** Frees what is not a live block of this heap's own pages, or refuses it. */
    void free(LocalHeap heap, long address);
  }

  /** A heap of a thread; null makes a heap that belongs to nobody. */
  public LocalHeap(@Nullable Thread thread, SlowPath slow, PageTable table, boolean checked) {
    this.thread = thread;
    this.slow = slow;
    this.table = table;
    this.checked = checked;
  }

  /** Sets the bins, an entry for every 16 bytes of size; before the heap is used. */
  public void route(Bin[] bins) {
    route = bins;
  }

  /** The bins, an entry for every 16 bytes of size. */
  public Bin[] route() {
    return route;
  }

  /** The thread that owns this heap. */
  public @Nullable Thread thread() {
    return thread;
  }

  /** A block of at least the given size; the size is at least 1. Contents are undefined. */
  public long allocate(long bytes) {
    long step = (bytes + ROUTE_ROUND) >>> ROUTE_SHIFT;
    Bin[] bins = route;
    if (step >= bins.length) {
      return slow.allocate(this, bytes);
    }
    Bin bin = bins[(int) step];
    if (bin.size() == 0) {
      refill(bin);
    }
    long entry = bin.pop();
    if (checked) {
      table.at(Bin.pageKey(entry)).state(Bin.index(entry), Page.LIVE);
    }
    return Bin.address(entry);
  }

  /** Takes a block back; any long is a valid argument and a bad one is refused. */
  public void free(long address) {
    Page page = table.find(address);
    Bin bin = page.bin();
    if (page.owner() != this || bin == null) {
      slow.free(this, address);
      return;
    }
    long entry = address << Bin.INDEX_BITS;
    if (checked) {
      long quotient = page.quotient(address);
      int index = Page.index(quotient);
      if (!page.isStart(quotient) || page.state(index) != Page.LIVE) {
        slow.free(this, address);
        return;
      }
      page.state(index, Page.CACHED);
      entry |= index;
    }
    if (bin.isFull()) {
      bin.box().spill(this, bin);
    }
    bin.push(entry);
  }

  private void refill(Bin bin) {
    bin.box().refill(this, bin);
  }

  /** Reads the directory's newest table; the heap's thread only. */
  public void table(PageTable newest) {
    table = newest;
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
