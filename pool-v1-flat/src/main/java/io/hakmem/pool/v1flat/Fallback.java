package io.hakmem.pool.v1flat;

/** Operations that were no hits: allocations, and frees by their reasons. */
enum Fallback {
  /** An allocation whose bin had no free block. */
  ALLOCATION,
  /** A free of an address in no page. */
  PAGE_NULL,
  /** A free of a block whose page another heap owns. */
  FOREIGN_OWNER,
  /** A free by the owner that the page did not take as a hit. */
  CACHE_OFF,
  /** Any other free. */
  OTHER
}
