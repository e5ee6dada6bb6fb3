package io.hakmem.pool;

import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Empty pages without an owner, a bounded number a class; the rest goes back to the supply. */
final class SharedStore {

  private static final int KEPT_A_CLASS = 1;

  private final PageDirectory directory;
  private final PageSupply supply;
  private final Deque<Page>[] pages;

  @SuppressWarnings({"unchecked", "rawtypes"})
  SharedStore(PageDirectory directory, PageSupply supply, int classes) {
    this.directory = directory;
    this.supply = supply;
    this.pages = new Deque[classes];
    for (int i = 0; i < classes; i++) {
      pages[i] = new ArrayDeque<>();
    }
  }

  synchronized @Nullable Page take(int sizeClass) {
    return pages[sizeClass].pollFirst();
  }

  synchronized void put(int sizeClass, Page page) {
    if (pages[sizeClass].size() < KEPT_A_CLASS) {
      pages[sizeClass].addFirst(page);
    } else {
      giveBack(page);
    }
  }

  synchronized void clear() {
    for (Deque<Page> kept : pages) {
      kept.forEach(this::giveBack);
      kept.clear();
    }
  }

  private void giveBack(Page page) {
    directory.unregister(page);
    supply.release(page.base(), page.bytes());
  }
}
