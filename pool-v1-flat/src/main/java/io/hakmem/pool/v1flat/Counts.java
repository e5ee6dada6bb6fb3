package io.hakmem.pool.v1flat;

import io.hakmem.spi.BoxReport.Operations;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is counted, at one moment.
 *
 * @param allocHits allocations that no box was asked for
 * @param freeHits frees that no box was asked for
 * @param missed the rest
 */
record Counts(long allocHits, long freeHits, Map<Fallback, Long> missed) {

  private static final String PREFIX = "pool_v1_flat_";

  /** Of all operations on the pool's pages, those that were no fallbacks are hits. */
  static Counts of(Operations all, Map<Fallback, Long> missed) {
    return new Counts(
        all.allocations() - missed.getOrDefault(Fallback.ALLOCATION, 0L),
        all.ownFrees() - missed.getOrDefault(Fallback.CACHE_OFF, 0L),
        missed);
  }

  private long of(Fallback reason) {
    return missed.getOrDefault(reason, 0L);
  }

  private long notMine() {
    return of(Fallback.FOREIGN_OWNER) + of(Fallback.CACHE_OFF);
  }

  private long frees() {
    return of(Fallback.PAGE_NULL) + notMine() + of(Fallback.OTHER);
  }

  SortedMap<String, Long> byName() {
    SortedMap<String, Long> counters = new TreeMap<>();
    counters.put(PREFIX + "alloc_tls_hit", allocHits);
    counters.put(PREFIX + "alloc_fb", of(Fallback.ALLOCATION));
    counters.put(PREFIX + "free_tls_hit", freeHits);
    counters.put(PREFIX + "free_fb", frees());
    counters.put(PREFIX + "page_null", of(Fallback.PAGE_NULL));
    counters.put(PREFIX + "not_mine", notMine());
    counters.put(PREFIX + "not_mine_foreign_owner", of(Fallback.FOREIGN_OWNER));
    counters.put(PREFIX + "not_mine_cache_off", of(Fallback.CACHE_OFF));
    counters.put(PREFIX + "other", of(Fallback.OTHER));
    return counters;
  }

  /** The line of the original, which tools read. */
  String line() {
    String allocations = "alloc_tls_hit=" + allocHits + " alloc_fb=" + of(Fallback.ALLOCATION);
    String frees = " free_tls_hit=" + freeHits + " free_fb=" + frees();
    String reasons = " page_null=" + of(Fallback.PAGE_NULL) + " not_mine=" + notMine();
    return "[POOL_V1_FLAT] " + allocations + frees + reasons + " other=" + of(Fallback.OTHER);
  }
}
