package io.hakmem.paged;

/**
 * How a box treats its pages.
 *
 * @param counterPrefix what its counters begin with, such as {@code pool_v1_}
 * @param drainsFirst whether a bin without free blocks takes back remote frees before it gets a
 *     page; else that is left to a flush and to an ended thread's adopter
 * @param emptyKept empty pages of each bin that a collection leaves with the heap
 * @param holdsFreed whether remote frees that are taken back go through the box's {@code free}, as
 *     a box needs that holds freed blocks; else they are free at once
 * @param varies whether a bin that has a page gets longer ones from then on, if its blocks are so
 *     large that few fit into a page, and shorter ones where memory is scarce; else all pages of a
 *     class have one length
 */
public record PagePolicy(
    String counterPrefix, boolean drainsFirst, int emptyKept, boolean holdsFreed, boolean varies) {

  /** Drains first, keeps none, holds nothing, and has one length of pages. */
  public static PagePolicy standard(String counterPrefix) {
    return new PagePolicy(counterPrefix, true, 0, false, false);
  }

  /** The same, with remote frees through the box. */
  public PagePolicy holdingFreed() {
    return new PagePolicy(counterPrefix, drainsFirst, emptyKept, true, varies);
  }

  /** The same, with longer pages for bins that need more than one, and shorter ones. */
  public PagePolicy varying() {
    return new PagePolicy(counterPrefix, drainsFirst, emptyKept, holdsFreed, true);
  }
}
