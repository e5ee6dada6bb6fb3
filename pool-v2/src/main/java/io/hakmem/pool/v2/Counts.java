package io.hakmem.pool.v2;

import java.util.SortedMap;

/** What one heap counts. Only the heap's thread writes. */
final class Counts {

  /** Allocations that the box was asked for. */
  long asked;

  /** Frees that found their page by the block's header. */
  long headerFrees;

  /** Frees by the owner that came over the page directory. */
  long directoryFrees;

  /** Allocations that the next box was asked for, since the supply refused a page. */
  long noMemory;

  void add(Counts more) {
    asked += more.asked;
    headerFrees += more.headerFrees;
    directoryFrees += more.directoryFrees;
    noMemory += more.noMemory;
  }

  /**
   * Adds them to counters.
   *
   * @param noThread bins that the next box made, since their heap has no thread
   */
  void addCounters(SortedMap<String, Long> counters, String prefix, long noThread) {
    counters.put(prefix + "asked", asked);
    counters.put(prefix + "header_frees", headerFrees);
    counters.put(prefix + "directory_frees", directoryFrees);
    counters.put(prefix + "fallback_no_memory", noMemory);
    counters.put(prefix + "fallback_no_thread", noThread);
    counters.put(prefix + "fallbacks", noMemory + noThread);
  }
}
