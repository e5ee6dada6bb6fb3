package io.hakmem.paged;

import java.util.Map;

/** What was done on the pages of one heap, or of heaps that are no more. */
final class PageCounts {

  /** Blocks that were handed out of pages which left, by class. */
  final long[] poppedBefore;

  /** By class. */
  final long[] drained;

  long refills;
  long collections;
  long adopted;

  PageCounts(int classes) {
    poppedBefore = new long[classes];
    drained = new long[classes];
  }

  void add(PageCounts more) {
    for (int i = 0; i < drained.length; i++) {
      poppedBefore[i] += more.poppedBefore[i];
      drained[i] += more.drained[i];
    }
    refills += more.refills;
    collections += more.collections;
    adopted += more.adopted;
  }

  void addTo(Map<String, Long> sum, String prefix) {
    long allDrained = 0;
    for (long ofClass : drained) {
      allDrained += ofClass;
    }
    add(sum, prefix + "refills", refills);
    add(sum, prefix + "collections", collections);
    add(sum, prefix + "drained", allDrained);
    add(sum, prefix + "adopted", adopted);
  }

  private static void add(Map<String, Long> sum, String name, long more) {
    sum.put(name, sum.getOrDefault(name, 0L) + more);
  }
}
