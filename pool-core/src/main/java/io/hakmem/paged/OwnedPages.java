package io.hakmem.paged;

import io.hakmem.heap.Page;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one heap in no order. Only who may touch the heap changes it; any thread may walk
 * over it, and may miss a page that comes or leaves meanwhile.
 *
 * <p>An array in place of a hash table: figures read every page, and what they cost is how often
 * memory has to be waited for.
 */
final class OwnedPages {

  private static final int FIRST = 16;

  private @Nullable Page[] pages = new @Nullable Page[FIRST];
  private volatile int size;

  int size() {
    return size;
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
    size = last;
  }

  /** The page that came last, or null. */
  @Nullable Page last() {
    return size == 0 ? null : at(size - 1);
  }

  /** Removes the last page, which may be in another list by now. */
  void removeLast() {
    int last = size - 1;
    pages[last] = null;
    size = last;
  }

  /** The last page was in another list for a moment. */
  void keepLast() {
    Page page = last();
    if (page != null) {
      page.place(size - 1);
    }
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
