package io.hakmem.pool.v1flat;

/**
 * All that is counted, at one moment.
 *
 * @param allocHits allocations that no box was asked for
 * @param freeHits frees that no box was asked for
 * @param missed the rest
 */
record Counts(long allocHits, long freeHits, Fallbacks missed) {

  /** The line of the original, which tools read. */
  String line() {
    return ("[POOL_V1_FLAT] alloc_tls_hit=%d alloc_fb=%d free_tls_hit=%d free_fb=%d"
            + " page_null=%d not_mine=%d other=%d")
        .formatted(
            allocHits,
            missed.allocations,
            freeHits,
            missed.frees(),
            missed.pageNull,
            missed.notMine(),
            missed.other);
  }
}
