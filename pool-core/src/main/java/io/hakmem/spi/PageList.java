package io.hakmem.spi;

import org.jspecify.annotations.Nullable;

/**
 * Pages of one heap and class that have free blocks, linked through the pages themselves, so that
 * each enters and leaves in constant time. A page is in one list at most. Only the heap's thread
 * calls it.
 */
public final class PageList {

  private @Nullable Page first;
  private int size;

  /** An empty list. */
  public PageList() {}

  /** The page that was added last. */
  public @Nullable Page first() {
    return first;
  }

  /** Pages in the list. */
  public int size() {
    return size;
  }

  /** Adds a page that is in no list. */
  public void add(Page page) {
    Page second = first;
    page.next(second);
    if (second != null) {
      second.previous(page);
    }
    page.listed(true);
    first = page;
    size++;
  }

  /** Removes a page of this list; any other is left alone. */
  public void remove(Page page) {
    if (!page.isListed()) {
      return;
    }
    Page before = page.previous();
    Page after = page.next();
    if (before == null) {
      first = after;
    } else {
      before.next(after);
    }
    if (after != null) {
      after.previous(before);
    }
    page.next(null);
    page.previous(null);
    page.listed(false);
    size--;
  }
}
