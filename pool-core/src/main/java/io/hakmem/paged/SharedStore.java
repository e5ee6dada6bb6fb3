package io.hakmem.paged;

import io.hakmem.heap.Decay;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageChain;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import org.jspecify.annotations.Nullable;

/**
 * Empty pages without an owner. What lies here from one purge to the next goes back to the supply.
 *
 * <p>To put a page here makes no object and cannot fail, so that an empty page is never lost.
 *
 * <p>Invariant: {@code kept} = pages in all chains.
 */
final class SharedStore {

  private final PageDirectory directory;
  private final PageSupply supply;
  private final Decay decay = new Decay();
  private final PageChain[] pages;
  private int kept;

  SharedStore(PageDirectory directory, PageSupply supply, int classes) {
    this.directory = directory;
    this.supply = supply;
    this.pages = new PageChain[classes];
    for (int i = 0; i < classes; i++) {
      pages[i] = new PageChain();
    }
  }

  /** A page of the class, the last one that came; the caller has asked for room on the stack. */
  synchronized @Nullable Page take(int sizeClass) {
    Page page = pages[sizeClass].newest();
    if (page != null) {
      remove(pages[sizeClass], page);
    }
    return page;
  }

  private void remove(PageChain from, Page page) {
    from.remove(page);
    kept--;
    decay.note(kept);
  }

  private void add(PageChain to, Page page) {
    to.add(page);
    kept++;
  }

  /**
   * The memory of a page of any class, for a run of exactly the given bytes; the caller has asked
   * for room on the stack. A page with headers does not know the memory of its first one.
   */
  synchronized PageSupply.@Nullable Run takeRun(long bytes) {
    for (PageChain ofClass : pages) {
      Page oldest = ofClass.oldest();
      if (oldest != null && oldest.bytes() == bytes && oldest.base() == oldest.runBase()) {
        PageSupply.Run run = new PageSupply.Run(oldest.base(), oldest.memory());
        unregister(ofClass, oldest);
        return run;
      }
    }
    return null;
  }

  /** Whatever the directory throws, the page is here, or it is unregistered. */
  private void unregister(PageChain from, Page page) {
    directory.unregister(page);
    remove(from, page);
  }

  /** Takes a page in; the caller has asked for room on the stack. */
  synchronized void put(int sizeClass, Page page) {
    add(pages[sizeClass], page);
  }

  /** Gives back as many pages as lay here since the last call. */
  synchronized void purge() {
    giveBack(decay.due(kept));
  }

  synchronized void clear() {
    giveBack(kept);
  }

  /** Adds what lies here of each class to the figures of that class. */
  synchronized void addTo(ClassFigures[] sums) {
    for (int i = 0; i < sums.length; i++) {
      PageChain ofClass = pages[i];
      long bytes = 0;
      for (Page page = ofClass.newest(); page != null; page = ofClass.before(page)) {
        bytes += page.bytes();
      }
      sums[i] = sums[i].plus(new ClassFigures(0, ofClass.size(), 0, bytes, Operations.NONE));
    }
  }

  /** The oldest of the longest lists go first. */
  private void giveBack(long count) {
    if (count > 0) {
      StackRoom.require();
    }
    for (long i = 0; i < count; i++) {
      PageChain longest = longest();
      Page page = longest.oldest();
      if (page != null) {
        unregister(longest, page);
        supply.release(page.runBase(), page.bytes());
      }
    }
  }

  private PageChain longest() {
    PageChain longest = pages[0];
    for (PageChain ofClass : pages) {
      if (ofClass.size() > longest.size()) {
        longest = ofClass;
      }
    }
    return longest;
  }
}
