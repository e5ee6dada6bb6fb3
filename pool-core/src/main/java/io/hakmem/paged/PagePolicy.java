package io.hakmem.paged;

/**
 * How a box treats its pages.
 *
 * @param counterPrefix what its counters begin with, such as {@code pool_v1_}
 * @param drainsFirst whether a bin without free blocks takes back remote frees before it gets a
 *     page; else that is left to a flush and to an ended thread's adopter
 * @param emptyKept empty pages of each bin that a collection leaves with the heap
 */
public record PagePolicy(String counterPrefix, boolean drainsFirst, int emptyKept) {

  /** Drains first, and keeps none. */
  public static PagePolicy standard(String counterPrefix) {
    return new PagePolicy(counterPrefix, true, 0);
  }
}
