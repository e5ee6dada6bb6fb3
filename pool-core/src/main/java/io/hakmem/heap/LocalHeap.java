package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one thread owns: a bin for each size class. Only that thread allocates and frees through it;
 * every other thread reaches it through {@link #queue} alone.
 *
 * <p>An allocation that hits reads size to bin, and pops the bin's current page. A free that hits
 * reads address to page, and pushes the block back onto the page it came from, so that pages are
 * emptied and filled as a whole. The shape is that of mimalloc's page-local free lists, with links
 * outside of the blocks.
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
  private final PageLookup lookup;
  private final FreePath frees;
  private final int mostEmptied;
  private final Interval collections;
  private Bin[] route = {};

  /** How often a page became empty since empty pages were last collected. */
  int emptied;

  private @Nullable Page inbox;

  /** Handlers whose pages of this heap, which is dead, have or will have another owner. */
  private final List<PageHandler> closedTo = new ArrayList<>(0);

  /** Pairs of a key and what is attached under it; replaced under the monitor. */
  private Object[] attachments = {};

  /** Where a heap goes when it cannot serve by itself. */
  public interface SlowPath {

    /** Serves what is no hit: the bin has no free block, there is none, or the size is refused. */
    long allocateSlow(LocalHeap heap, long bytes);

    /** Takes empty pages out of the heap's bins: there are many of them. */
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

  /**
   * A block of at least the given size; contents are undefined. Any long is a valid argument, and a
   * size below 1 is refused.
   *
   * <p>The turn to the next page is written out, like the rare ends of {@link FreePath#free}.
   */
  public long allocate(long bytes) {
    long step = (bytes + ROUTE_ROUND) >>> ROUTE_SHIFT;
    Bin[] bins = route;
    if (step >= bins.length) {
      return slow.allocateSlow(this, bytes);
    }
    Bin bin = bins[(int) step];
    Page page = bin.current;
    int index = page.head;
    if (index < 0) {
      int key = bin.partial;
      if (key == Page.NO_KEY || emptied >= mostEmptied) {
        return missSlow(bin, bytes);
      }
      Page[] known = frees.pages;
      Page next = known[key & (known.length - 1)];
      bin.partial = next.next;
      if (page != Page.NONE) {
        page.popped += page.stacked - page.used;
        page.used = page.stacked;
      }
      bin.current = next;
      page = next;
      index = next.head;
    }
    short[] links = page.links;
    page.head = links[index];
    links[index] = PageBlocks.LIVE;
    return page.base + index * page.stride;
  }

  private long missSlow(Bin bin, long bytes) {
    if (!bin.hasFreeBlocks()) {
      return slow.allocateSlow(this, bytes);
    }
    if (shouldCollect()) {
      slow.collectSlow(this);
    }
    return bin.hasFreeBlocks() ? bin.pop() : slow.allocateSlow(this, bytes);
  }

  /**
   * Takes back a block of a page of this heap, by a free that is no hit: a live one, one that is
   * held, or one that another thread freed. The heap's thread only.
   */
  public void takeBack(Page page, long address) {
    boolean wasFull = page.isFull();
    page.push(address);
    if (wasFull) {
      page.relist();
    }
    if (page.used == 0) {
      emptied++;
    }
  }

  /**
   * The page in the slot of a key: the key's own, if it is one of this heap that is in the table.
   */
  Page page(int key) {
    return frees.page(key);
  }

  /**
   * Whether empty pages should be collected, though no box needs one: many pages became empty, and
   * the last such collection is a while ago. A thread that frees all it has and allocates again
   * would else give its pages away only to get others.
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

  /** Finds a page in a slow path; the heap's thread only. */
  public Page lookup(long address) {
    return lookup.find(this, address);
  }

  /** The thread that owns this heap. */
  public @Nullable Thread thread() {
    return thread;
  }

  /** Whether the heap's thread has ended, so that its pages want another owner. */
  public boolean isOfEndedThread() {
    return thread != null && !thread.isAlive();
  }

  /**
   * Gives a bin a page. If the bin is direct, frees of its blocks are hits from now on, unless the
   * table leaves the page out, and so are allocations when the bin turns to it. The heap's thread
   * only, after the page is registered and its owner is this heap.
   *
   * @param page at most {@link PageTable#REACH_BYTES} long
   */
  public void own(Page page, Bin bin, PageTable newest) {
    if (page.bytes() > PageTable.REACH_BYTES) {
      throw new IllegalArgumentException(
          "page of %d bytes must have at most %d".formatted(page.bytes(), PageTable.REACH_BYTES));
    }
    page.bin = bin;
    page.home = this;
    frees.open(page, newest, bin.freesAreHits() ? thread : null);
    bin.open(page);
  }

  /** Makes frees of the page's blocks slow; the heap's thread only, for a page in no list. */
  public void disown(Page page) {
    Bin of = page.bin;
    if (of != null) {
      of.forget(page);
    }
    page.thread = null;
    page.home = null;
    page.bin = null;
  }

  /**
   * Hands all that other threads freed of a page, which was taken from the inbox, to its handler's
   * {@link PageHandler#free}; returns how many blocks.
   */
  public int drainThroughHandler(Page page) {
    return page.drain(address -> page.handler().free(this, page, address));
  }

  /** Takes all held blocks of a page of this heap back; returns how many. */
  public int takeBackHeld(Page page) {
    return takeBackAll(page, page::pushHeld);
  }

  /** Puts all that other threads freed back into the page, which was taken from the inbox. */
  public int drain(Page page) {
    return takeBackAll(page, page::drain);
  }

  private int takeBackAll(Page page, IntSupplier push) {
    boolean wasFull = page.isFull();
    int drained = push.getAsInt();
    if (wasFull && drained > 0) {
      page.relist();
    }
    if (page.used == 0) {
      emptied++;
    }
    return drained;
  }

  /** What is attached to the heap under a key, or null; any thread may ask. */
  @SuppressWarnings("ReferenceEquality") // Each key is an object of its own, whatever it equals.
  public @Nullable Object attachment(Object key) {
    Object[] pairs = attachments;
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i] == key) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  /** Attaches something under a key that has nothing yet; it goes with the heap. Any thread. */
  public synchronized void attach(Object key, Object value) {
    Object[] more = Arrays.copyOf(attachments, attachments.length + 2);
    more[attachments.length] = key;
    more[attachments.length + 1] = value;
    attachments = more;
  }

  /** Makes every operation slow from now on. Other threads than the heap's see it soon. */
  public void close() {
    route = new Bin[0];
  }

  /**
   * Pushes a page with remote frees; the caller pushed the first of them. Any thread.
   *
   * @return false if the heap is dead, and the page has or will soon have another owner
   */
  public synchronized boolean queue(Page page) {
    if (isClosedTo(page.handler())) {
      return false;
    }
    page.nextQueued(inbox);
    INBOX.setVolatile(this, page);
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // A box of a third party may override equals.
  private boolean isClosedTo(PageHandler handler) {
    for (PageHandler closed : closedTo) {
      if (closed == handler) {
        return true;
      }
    }
    return false;
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

  /**
   * Refuses pages of a handler from now on and returns those of it that wait. Those of others stay:
   * each box adopts a dead heap's pages by itself, at another time and on any thread.
   */
  @SuppressWarnings("ReferenceEquality") // A box of a third party may override equals.
  public synchronized @Nullable Page closeInbox(PageHandler handler) {
    closedTo.add(handler);
    Page page = takeQueued();
    Page taken = null;
    while (page != null) {
      Page next = page.nextQueued();
      if (page.handler() == handler) {
        page.nextQueued(taken);
        taken = page;
      } else {
        page.nextQueued(inbox);
        inbox = page;
      }
      page = next;
    }
    return taken;
  }
}
