package io.hakmem.spi;

import io.hakmem.heap.Bin;
import io.hakmem.heap.BinHandler;
import io.hakmem.heap.LocalHeap;

/**
 * One allocation strategy of a composition. It takes part in one of two ways:
 *
 * <ul>
 *   <li>It fills direct bins. A hit never reaches the box: heaps pop and push the pages of such
 *       bins themselves, and call the box when a bin has no free block, when many pages have become
 *       empty, or when a block is not the caller's.
 *   <li>It serves each operation itself: its bins are asked, so no operation on them is a hit.
 * </ul>
 *
 * <p>What is called for operations on a bin is the bin's {@link BinHandler}, as a rule the box that
 * made it. Frees that are no hits go to the {@link io.hakmem.heap.PageHandler} of the page, as a
 * rule the box whose page it is. A box that takes part in frees of any page implements {@link
 * BlockFinder} or {@link FreeListener} as well.
 *
 * <p>Methods that concern memory of its own do nothing as they stand, for boxes that have none.
 */
public interface PoolBox extends BinHandler {

  /**
   * Ascending block sizes in bytes, at least one, each a multiple of 16 in [16, 1 MiB]; always the
   * same.
   */
  long[] blockSizes();

  /**
   * A new bin without pages for one heap, of the class's block size; the heap's thread only, or
   * that of who makes the heap.
   *
   * @param sizeClass index of one of the block sizes that no box in front serves
   */
  Bin newBin(LocalHeap heap, int sizeClass);

  /** Whether the address of each block is a multiple of every power of two that its size is. */
  default boolean alignsBlocks() {
    return true;
  }

  /** Takes the empty pages out of the heap's bins. Only the heap's thread calls it. */
  default void collect(LocalHeap heap) {}

  /**
   * Takes back what other threads freed and what the box holds, takes over the pages of ended
   * threads, and returns all empty pages to the supply. The heap's thread calls it; or, while that
   * waits, a collector in its place, for which {@link LocalHeap#isOfCaller} is false: then no page
   * is taken over.
   */
  default void flush(LocalHeap heap) {}

  /**
   * Returns all pages to the supply that no heap owns, and the empty ones of ended threads. Any
   * thread may call it.
   */
  default void reclaim() {}

  /**
   * Returns those pages to the supply that no heap owned since the last call, and the empty ones of
   * ended threads. One thread at a time calls it, any, some times in {@code HAKMEM_DECAY_MS}.
   */
  default void purge() {}

  /** What the box holds and has done; any thread asks, and figures are approximate meanwhile. */
  default BoxReport report() {
    return BoxReport.NOTHING;
  }

  /**
   * Checks the box's own structures for a heap at rest.
   *
   * @throws IllegalStateException naming the first invariant that does not hold
   */
  default void checkInvariants(LocalHeap heap) {}
}
