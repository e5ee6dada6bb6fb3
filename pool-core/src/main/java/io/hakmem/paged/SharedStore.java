package io.hakmem.paged;

import io.hakmem.heap.Decay;
import io.hakmem.heap.Page;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Empty pages without an owner. What lies here for a whole decay time goes back to the supply.
 *
 * <p>Invariant: {@code kept} = pages in all lists.
 */
final class SharedStore {

  private final PageDirectory directory;
  private final PageSupply supply;
  private final Decay decay;
  private final List<Deque<Page>> pages = new ArrayList<>();
  private int kept;

  SharedStore(PageDirectory directory, PageSupply supply, Decay decay, int classes) {
    this.directory = directory;
    this.supply = supply;
    this.decay = decay;
    for (int i = 0; i < classes; i++) {
      pages.add(new ArrayDeque<>());
    }
  }

  /** A page of the class, the last one that came. */
  synchronized @Nullable Page take(int sizeClass) {
    Page page = pages.get(sizeClass).pollFirst();
    if (page != null) {
      kept--;
      giveBack(decay.note(kept));
    }
    return page;
  }

  /**
   * The memory of a page of any class, for a run of exactly the given bytes. A page with headers
   * does not know that of its first one.
   */
  synchronized PageSupply.@Nullable Run takeRun(long bytes) {
    for (Deque<Page> ofClass : pages) {
      Page oldest = ofClass.peekLast();
      if (oldest != null && oldest.bytes() == bytes && oldest.base() == oldest.runBase()) {
        ofClass.removeLast();
        kept--;
        directory.unregister(oldest);
        giveBack(decay.note(kept));
        return new PageSupply.Run(oldest.base(), oldest.memory());
      }
    }
    return null;
  }

  synchronized void put(int sizeClass, Page page) {
    pages.get(sizeClass).addFirst(page);
    kept++;
    giveBack(decay.note(kept));
  }

  synchronized void clear() {
    giveBack(kept);
  }

  /** Adds what lies here of each class to the figures of that class. */
  synchronized void addTo(ClassFigures[] sums) {
    for (int i = 0; i < sums.length; i++) {
      Deque<Page> ofClass = pages.get(i);
      long bytes = ofClass.stream().mapToLong(Page::bytes).sum();
      sums[i] = sums[i].plus(new ClassFigures(0, ofClass.size(), 0, bytes, Operations.NONE));
    }
  }

  /** The oldest of the longest lists go first. */
  private void giveBack(long count) {
    for (long i = 0; i < count; i++) {
      Deque<Page> longest = pages.stream().max(Comparator.comparingInt(Deque::size)).orElseThrow();
      Page page = longest.removeLast();
      kept--;
      directory.unregister(page);
      supply.release(page.runBase(), page.bytes());
    }
  }
}
