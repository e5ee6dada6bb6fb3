package io.hakmem.pool.v1;

/** Which block sizes the pool serves. */
enum ClassTable {
  /** Close steps, so that little of a block is wasted. */
  FINE,
  /** The table of the original C allocator: 2 to 32 KiB in powers of two, 40 and 52 KiB. */
  ORIGINAL
}
