package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The way of a free, one for each allocator. A free that hits reads address to page and pushes the
 * block back onto the page it came from: the page knows the thread that may, so that no heap is
 * looked up.
 *
 * <p>The rare ends of a free are written out: HotSpot makes a call of what is called in less than
 * one of a hundred operations, however short it is, and a call in a compiled loop costs every round
 * of it, since no register survives one. So a heap with many empty pages is seen to when it
 * allocates.
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

  private final SlowPath slow;
  private final boolean checked;

  /** Read plainly by every thread: the entries are reached through it, so they are seen filled. */
  Page[] pages = NO_PAGES;

  private boolean closed;

  /** Where frees go that are no hits. */
  public interface SlowPath {

    /** Frees a block of a page that is not the calling thread's, or refuses the address. */
    void freeSlow(long address);
  }

  /** A way without pages; unchecked hits believe every address inside a page. */
  public FreePath(SlowPath slow, boolean checked) {
    this.slow = slow;
    this.checked = checked;
  }

  /** Takes a block back; any long is a valid argument and a bad one is refused. */
  public void free(long address) {
    Page[] known = pages;
    Page page = known[(int) PageKey.of(address) & (known.length - 1)];
    long distance = address - page.base;
    int index = PageBlocks.indexOf(distance, page.reciprocal);
    short[] links = page.links;
    if (page.thread != Thread.currentThread()
        || Integer.compareUnsigned(index, links.length) >= 0) {
      missSlow(page, address);
      return;
    }
    if ((index * page.stride != distance || links[index] != PageBlocks.LIVE)
        && (checked || distance >>> PageTable.REACH_SHIFT != 0)) {
      slow.freeSlow(address);
      return;
    }
    int head = page.head;
    links[index] = (short) head;
    page.head = index;
    long used = page.used - 1;
    page.used = used;
    if (head < 0) {
      Bin bin = page.bin;
      if (bin != null && bin.current != page) {
        page.next = Page.NO_KEY;
        if (bin.partial == Page.NO_KEY) {
          bin.partial = page.key;
        } else {
          known[bin.last & (known.length - 1)].next = page.key;
        }
        bin.last = page.key;
      }
    }
    if (used == 0) {
      LocalHeap heap = page.home;
      if (heap != null) {
        heap.emptied++;
      }
    }
  }

  private void missSlow(Page page, long address) {
    LocalHeap heap = page.home;
    if (page.asker == Thread.currentThread() && heap != null) {
      int block = liveBlock(page, address);
      if (block >= 0 && page.handler().freeAtOnce(heap, page, block)) {
        return;
      }
    }
    slow.freeSlow(address);
  }

  /** The number of a live block of the calling thread's page, or below 0. */
  private static int liveBlock(Page page, long address) {
    long distance = address - page.base;
    int index = PageBlocks.indexOf(distance, page.reciprocal);
    boolean isBlock = index >= 0 && index < page.capacity() && index * page.stride == distance;
    return isBlock && page.links[index] == PageBlocks.LIVE ? index : -1;
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
    page.leftOut = page(page.key) != page;
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
    for (Page page : pages) {
      page.thread = null;
      page.asker = null;
    }
  }
}
