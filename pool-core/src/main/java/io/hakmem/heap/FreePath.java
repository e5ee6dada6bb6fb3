package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What every free of an allocator begins with: the pages by address, and where those go that are no
 * hits. {@link HotPath} says what a hit does.
 */
public final class FreePath {

  private static final Page[] NO_PAGES = {Page.NONE};

  private static final VarHandle PAGES;

  static {
    try {
      PAGES = MethodHandles.lookup().findVarHandle(FreePath.class, "pages", Page[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final SlowPath slow;
  final boolean checked;
  private final Operations operations;

  /** Read plainly by every thread: the entries are reached through it, so they are seen filled. */
  Page[] pages = NO_PAGES;

  private boolean closed;

  /** See {@link #takeRemotesAtOnce}; null while no free of another thread's block is at once. */
  private volatile @Nullable AtomicBoolean noticed;

  /** Where frees go that are no hits. */
  public interface SlowPath {

    /** Frees a block of a page that is not the calling thread's, or refuses the address. */
    void freeSlow(long address);

    /** Brings a page to its owner that left the inbox while a block of it was claimed. */
    default void bringSlow(Page page, long address) {
      page.handler().freeRemote(page, address);
    }
  }

  /** A way without pages; unchecked hits believe every address inside a page. */
  public FreePath(SlowPath slow, boolean checked) {
    this(slow, checked, OperationsByKind.SHARED);
  }

  /** The same with the operations of a kind of allocators. */
  public FreePath(SlowPath slow, boolean checked, Operations operations) {
    this.slow = slow;
    this.checked = checked;
    this.operations = operations;
  }

  /** What the hits of the allocator run through. */
  public Operations operations() {
    return operations;
  }

  /** Takes a block back; any long is a valid argument and a bad one is refused. */
  public void free(long address) {
    operations.free(this, address);
  }

  /**
   * Lets frees of other threads' blocks be served at once, since nobody asks for each of them.
   *
   * @param noticed whether somebody looks for unused memory; while nobody does, frees are slow
   */
  public synchronized void takeRemotesAtOnce(AtomicBoolean noticed) {
    this.noticed = closed ? null : noticed;
  }

  /**
   * Frees a block of another thread's page if its owner will hear of it anyhow, since the page
   * waits in the owner's inbox; false if nothing changed.
   */
  boolean freeRemoteAtOnce(Page page, LocalHeap home, long address) {
    AtomicBoolean isNoticed = noticed;
    Thread owner = home.thread();
    if (isNoticed == null
        || !isNoticed.get()
        || !page.isQueued()
        || owner == null
        || owner == Thread.currentThread()
        || !page.claimRemote(address)) {
      return false;
    }
    try {
      if (!page.isQueued()) {
        slow.bringSlow(page, address);
      }
    } catch (VirtualMachineError noRoom) {
      return true; // The block is claimed and marked: a flush of the owner's heap finds it.
    }
    return true;
  }

  /** Knows the pages of the table from now on, unless it knows a larger one already. */
  synchronized void look(PageTable newest) {
    if (newest.pages.length > pages.length) {
      PAGES.setRelease(this, newest.pages);
    }
  }

  /** The page in the slot of a key, as far as it is known. */
  Page page(int key) {
    Page[] known = pages;
    return known[key & (known.length - 1)];
  }

  /**
   * Lets frees of the page's blocks by the thread be hits, or be served by the page's handler at
   * once, as the bin says: unless all are slow by now, or the table leaves the page out.
   */
  synchronized void open(Page page, PageTable newest, Bin bin, @Nullable Thread thread) {
    look(newest);
    page.leftOut = page.key == Page.NO_KEY || page(page.key) != page;
    letIn(page, bin, thread);
  }

  /** The same for these pages again, as {@link #open} did when they came. */
  synchronized void reopen(PageChain owned, @Nullable Thread thread) {
    for (Page page = owned.newest(); page != null; page = owned.before(page)) {
      Bin bin = page.bin;
      if (bin != null) {
        letIn(page, bin, thread);
      }
    }
  }

  private void letIn(Page page, Bin bin, @Nullable Thread thread) {
    boolean isSlow = closed || page.leftOut;
    page.thread = !isSlow && bin.freesAreHits() ? thread : null;
    page.asker = !isSlow && !bin.freesAreHits() ? thread : null;
  }

  /**
   * Makes every free slow from now on. Other threads than the caller's see it soon. The pages stay
   * known: a thread that is inside an allocation may be on its way to one of them.
   */
  public synchronized void close() {
    closed = true;
    noticed = null;
    for (Page page : pages) {
      page.thread = null;
      page.asker = null;
    }
  }
}
