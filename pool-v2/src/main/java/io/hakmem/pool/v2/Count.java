package io.hakmem.pool.v2;

/** What the box counts by heap. */
enum Count {
  /** Allocations that the box was asked for. */
  ASKED,
  /** Frees that found their page by the block's header. */
  HEADER_FREES,
  /** Frees by the owner that came over the page directory. */
  DIRECTORY_FREES,
  /** Allocations that the next box was asked for, since the supply refused a page. */
  NO_MEMORY
}
