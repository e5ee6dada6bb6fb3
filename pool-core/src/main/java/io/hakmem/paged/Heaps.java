package io.hakmem.paged;

import io.hakmem.event.Adopt;
import io.hakmem.event.Events;
import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.BoxReport.Operations;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The heaps that have a bin in a box, and what was done by those whose threads have ended. Heaps
 * that are served by other boxes alone are not among them. Any thread.
 */
final class Heaps {

  private final int classes;
  private final Map<LocalHeap, HeapPages> byHeap = new ConcurrentHashMap<>();

  /** What was done on pages of heaps that are no more; guarded by this. */
  private final PageCounts ended;

  Heaps(int classes) {
    this.classes = classes;
    this.ended = new PageCounts(classes);
  }

  /** The pages of a heap, or null if it has no bin here. */
  @Nullable HeapPages find(LocalHeap heap) {
    return byHeap.get(heap);
  }

  /** The pages of a heap that gets a bin. */
  HeapPages of(LocalHeap heap, PagedBox box) {
    HeapPages known = byHeap.get(heap);
    if (known != null) {
      return known;
    }
    forgetEndedWithoutPages();
    HeapPages pages = new HeapPages(box, heap, classes);
    byHeap.put(heap, pages);
    return pages;
  }

  private void forgetEndedWithoutPages() {
    for (HeapPages candidate : List.copyOf(byHeap.values())) {
      boolean isEmpty = candidate.heap().isOfEndedThread() && candidate.pages() == 0;
      if (isEmpty && candidate.beginAdoption()) {
        try {
          forget(candidate);
        } finally {
          candidate.endAdoption();
        }
      }
    }
  }

  /** Lets the empty pages of heaps whose threads have ended go to the store. */
  void flushEnded() {
    for (HeapPages candidate : List.copyOf(byHeap.values())) {
      if (candidate.heap().isOfEndedThread() && candidate.beginAdoption()) {
        try {
          candidate.heap().access().inPlaceOfEnded(candidate::flushEnded);
          if (candidate.pages() == 0) {
            forget(candidate);
          }
        } finally {
          candidate.endAdoption();
        }
      }
    }
  }

  private void forget(HeapPages dead) {
    synchronized (this) {
      dead.forget(ended);
    }
    byHeap.remove(dead.heap(), dead);
  }

  /**
   * Lets a heap take over the pages of those whose threads have ended; false if there are none.
   * What is broken off stays to be taken over.
   */
  boolean adoptDead(HeapPages adopter) {
    boolean adopted = false;
    for (HeapPages candidate : List.copyOf(byHeap.values())) {
      if (candidate.heap().isOfEndedThread() && candidate.beginAdoption()) {
        try {
          adopted |= adopt(adopter, candidate);
        } finally {
          candidate.endAdoption();
        }
      }
    }
    return adopted;
  }

  /** False if another thread has adopted it meanwhile. */
  private boolean adopt(HeapPages adopter, HeapPages dead) {
    if (dead.isForgotten()) {
      return false;
    }
    Adopt event = Events.adopt();
    int pages = dead.pages();
    dead.heap().access().inPlaceOfEnded(() -> adopter.adopt(dead));
    byHeap.remove(dead.heap(), dead);
    if (event != null) {
      Thread thread = dead.heap().thread();
      event.finish(adopter.boxName(), thread == null ? "" : thread.getName(), pages);
    }
    return true;
  }

  /** Adds what was done and is there of each class to the figures of that class. */
  void addTo(ClassFigures[] sums) {
    for (HeapPages pages : byHeap.values()) {
      pages.addTo(sums);
    }
    addEnded(sums);
  }

  /** All of their blocks came back. */
  private synchronized void addEnded(ClassFigures[] sums) {
    for (int i = 0; i < sums.length; i++) {
      long popped = ended.poppedBefore[i];
      long drained = ended.drained[i];
      Operations operations = new Operations(popped, popped - drained, drained, 0);
      sums[i] = sums[i].plus(new ClassFigures(0, 0, 0, 0, operations));
    }
  }

  SortedMap<String, Long> counters(String prefix) {
    SortedMap<String, Long> sum = new TreeMap<>();
    for (HeapPages pages : byHeap.values()) {
      pages.counts().addTo(sum, prefix);
    }
    synchronized (this) {
      ended.addTo(sum, prefix);
    }
    return sum;
  }
}
