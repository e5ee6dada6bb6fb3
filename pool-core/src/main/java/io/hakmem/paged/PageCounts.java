package io.hakmem.paged;

import java.util.Map;
import java.util.stream.LongStream;

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
    sum.merge(prefix + "refills", refills, Long::sum);
    sum.merge(prefix + "collections", collections, Long::sum);
    sum.merge(prefix + "drained", LongStream.of(drained).sum(), Long::sum);
    sum.merge(prefix + "adopted", adopted, Long::sum);
  }
}
