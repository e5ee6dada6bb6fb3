package io.hakmem.smallmid;

/** What one heap counts: allocations that were no hits. Only the heap's thread writes. */
final class Misses {

  final long[] byClass;
  long refills;
  long batches;

  Misses(int classes) {
    byClass = new long[classes];
  }

  void add(Misses more) {
    refills += more.refills;
    batches += more.batches;
    for (int i = 0; i < byClass.length; i++) {
      byClass[i] += more.byClass[i];
    }
  }
}
