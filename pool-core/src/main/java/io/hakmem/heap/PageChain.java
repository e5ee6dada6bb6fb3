package io.hakmem.heap;

import org.jspecify.annotations.Nullable;

/**
 * Pages that nobody owns, the newest on top. They are linked through themselves, so that adding one
 * makes no object: an empty page cannot be lost because the Java heap is full. A page is in one
 * chain at most. Not for several threads at once.
 */
public final class PageChain {

  private @Nullable Page newest;
  private @Nullable Page oldest;
  private int size;

  /** Without pages. */
  public PageChain() {}

  /** How many pages there are. */
  public int size() {
    return size;
  }

  /** The page that came last, or null. */
  public @Nullable Page newest() {
    return newest;
  }

  /** The page that came first, or null. */
  public @Nullable Page oldest() {
    return oldest;
  }

  /** The page that came before one of this chain, or null. */
  public @Nullable Page before(Page page) {
    return page.older;
  }

  /** Adds a page that is in no chain. */
  public void add(Page page) {
    Page below = newest;
    page.older = below;
    if (below == null) {
      oldest = page;
    } else {
      below.newer = page;
    }
    newest = page;
    size++;
  }

  /** Takes a page out of this chain. */
  public void remove(Page page) {
    Page above = page.newer;
    Page below = page.older;
    if (above == null) {
      newest = below;
    } else {
      above.older = below;
    }
    if (below == null) {
      oldest = above;
    } else {
      below.newer = above;
    }
    page.newer = null;
    page.older = null;
    size--;
  }
}
