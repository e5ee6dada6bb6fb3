package io.hakmem.paged;

import io.hakmem.heap.Page;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one class of a heap in no order. Only who may touch the heap changes it; any thread
 * may walk over it, and may miss a page that comes or leaves meanwhile.
 *
 * <p>An array in place of a hash table, and of each page its counts alone: figures read every page,
 * and what they cost is how often memory has to be waited for.
 */
final class OwnedPages {

  private static final int FIRST = 4;

  private @Nullable Page[] pages = new @Nullable Page[FIRST];
  private volatile int size;

  /** Length of all pages. */
  private long bytes;

  /** One for each class. */
  static OwnedPages[] ofClasses(int classes) {
    OwnedPages[] owned = new OwnedPages[classes];
    for (int sizeClass = 0; sizeClass < classes; sizeClass++) {
      owned[sizeClass] = new OwnedPages();
    }
    return owned;
  }

  int size() {
    return size;
  }

  /** Pages of all classes. */
  static int count(OwnedPages[] all) {
    int pages = 0;
    for (OwnedPages ofClass : all) {
      pages += ofClass.size();
    }
    return pages;
  }

  /** Length of all pages. */
  long bytes() {
    return bytes;
  }

  /** The page at a place below the size; null if it leaves at the moment. */
  @Nullable Page at(int place) {
    Page[] now = pages;
    return place < now.length ? now[place] : null;
  }

  /** Adds a page that is in no such list; if it throws, nothing changed. */
  void add(Page page) {
    int last = size;
    if (last == pages.length) {
      pages = Arrays.copyOf(pages, 2 * last);
    }
    pages[last] = page;
    page.place(last);
    bytes += page.bytes();
    size = last + 1;
  }

  /** Removes a page of this list. */
  void remove(Page page) {
    int last = size - 1;
    Page moved = pages[last];
    int place = page.place();
    pages[place] = moved;
    if (moved != null) {
      moved.place(place);
    }
    pages[last] = null;
    bytes -= page.bytes();
    size = last;
  }

  /** The page that came last, or null. */
  @Nullable Page last() {
    return size == 0 ? null : at(size - 1);
  }

  /** Removes the last page, which may be in another list by now. */
  void removeLast() {
    int last = size - 1;
    Page page = pages[last];
    pages[last] = null;
    bytes -= page == null ? 0 : page.bytes();
    size = last;
  }

  /** The last page was in another list for a moment. */
  void keepLast() {
    Page page = last();
    if (page != null) {
      page.place(size - 1);
    }
  }

  /**
   * What the pages have; approximate for other threads.
   *
   * @param pages how many there are
   * @param bytes length of all
   * @param popped blocks handed out since the pages came
   * @param live blocks that are not free, and not held by a box
   * @param waiting those of them that other threads freed
   */
  record Blocks(int pages, long bytes, long popped, long live, long waiting) {}

  /**
   * Adds up what the pages have.
   *
   * @param unsettled blocks of one of the pages that were popped since it was settled
   */
  Blocks blocks(int unsettled) {
    long popped = unsettled;
    long live = unsettled;
    long waiting = 0;
    int end = size;
    Page[] all = pages;
    for (int place = 0; place < end && place < all.length; place++) {
      Page page = all[place];
      if (page != null) { // Its thread may be taking it out right now.
        popped += page.settledPopped();
        live += page.settledUsed() - page.heldBlocks();
        waiting += page.isQueued() ? page.waiting() : 0;
      }
    }
    return new Blocks(end, bytes, popped, live, waiting);
  }

  /** Hands over each page; only for who may touch the heap. */
  void forEach(Consumer<Page> to) {
    for (int place = 0; place < size; place++) {
      Page page = pages[place];
      if (page != null) {
        to.accept(page);
      }
    }
  }
}
