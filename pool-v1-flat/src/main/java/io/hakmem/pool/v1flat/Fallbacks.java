package io.hakmem.pool.v1flat;

/** What one heap counts: operations that were no hits. Only the heap's thread writes. */
final class Fallbacks {

  long allocations;
  long pageNull;
  long foreignOwner;
  long cacheOff;
  long other;

  long notMine() {
    return foreignOwner + cacheOff;
  }

  long frees() {
    return pageNull + notMine() + other;
  }

  void add(Fallbacks more) {
    allocations += more.allocations;
    pageNull += more.pageNull;
    foreignOwner += more.foreignOwner;
    cacheOff += more.cacheOff;
    other += more.other;
  }
}
