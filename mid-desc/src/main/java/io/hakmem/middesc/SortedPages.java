package io.hakmem.middesc;

import io.hakmem.heap.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The second level of the directory: pages in the order of their addresses, found by search,
 * however far apart they lie and however long they are. A reference of Java heap a page.
 *
 * <pre>
 *   chunks:  [ a b c ] [ d e ] [ f g h i ]      a.base &lt; b.base &lt; ...
 * </pre>
 *
 * <p>Chunks never change: a page that comes or goes replaces its chunk, and then the array of the
 * chunks, which readers read once. A page that is not registered counts as gone, so that a page can
 * go when there is no Java heap for a new chunk.
 *
 * <p>Any thread may search; the monitor of the directory guards changes.
 */
final class SortedPages {

  /** Most pages of a chunk. */
  static final int MOST = 128;

  private volatile Page[][] chunks = {};

  /** The page that holds the address, or {@link Page#NONE}. */
  Page find(long address) {
    Page page = lastFrom(address);
    return page.contains(address) ? page : Page.NONE;
  }

  /** The last registered page whose base is not above the address, or {@link Page#NONE}. */
  Page lastFrom(long address) {
    Page[][] all = chunks;
    for (int chunk = chunkOf(all, address); chunk >= 0; chunk--) {
      Page[] pages = all[chunk];
      for (int i = lastIn(pages, address); i >= 0; i--) {
        if (pages[i].isRegistered()) {
          return pages[i];
        }
      }
    }
    return Page.NONE;
  }

  /** The last chunk that begins at or below the address; below 0 if none does. */
  private static int chunkOf(Page[][] all, long address) {
    int low = 0;
    int high = all.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all[middle][0].base() <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private static int lastIn(Page[] pages, long address) {
    int low = 0;
    int high = pages.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pages[middle].base() <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Adds a page that meets none that is registered, and is registered after this call. */
  void add(Page page) {
    Page[][] all = chunks;
    if (all.length == 0) {
      chunks = new Page[][] {{page}};
      return;
    }
    int at = Math.max(0, chunkOf(all, page.base()));
    List<Page> pages = registered(all[at]);
    int index = 0;
    while (index < pages.size() && pages.get(index).base() < page.base()) {
      index++;
    }
    pages.add(index, page);
    chunks = withChunk(all, at, pages.toArray(new Page[0]));
  }

  /**
   * Drops a page that is not registered any more.
   *
   * @return false if the page is not here
   */
  boolean remove(Page page) {
    Page[][] all = chunks;
    int at = chunkOf(all, page.base());
    if (at < 0 || !Arrays.asList(all[at]).contains(page)) {
      return false;
    }
    chunks = withChunk(all, at, registered(all[at]).toArray(new Page[0]));
    return true;
  }

  private static List<Page> registered(Page[] chunk) {
    List<Page> pages = new ArrayList<>(chunk.length + 1);
    for (Page page : chunk) {
      if (page.isRegistered()) {
        pages.add(page);
      }
    }
    return pages;
  }

  /** All chunks with another one at a place, in two halves if it is too long, or none if empty. */
  private static Page[][] withChunk(Page[][] all, int at, Page[] chunk) {
    int half = chunk.length / 2;
    Page[][] parts =
        chunk.length == 0
            ? new Page[0][]
            : chunk.length <= MOST
                ? new Page[][] {chunk}
                : new Page[][] {
                  Arrays.copyOf(chunk, half), Arrays.copyOfRange(chunk, half, chunk.length)
                };
    Page[][] with = new Page[all.length - 1 + parts.length][];
    System.arraycopy(all, 0, with, 0, at);
    System.arraycopy(parts, 0, with, at, parts.length);
    System.arraycopy(all, at + 1, with, at + parts.length, all.length - at - 1);
    return with;
  }
}
