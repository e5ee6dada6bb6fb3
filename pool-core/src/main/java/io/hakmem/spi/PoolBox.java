package io.hakmem.spi;

import java.util.SortedMap;

/**
 * One allocation strategy of a composition. A hit never reaches the box: heaps pop and push the
 * pages of their bins themselves, and call the box when a bin has no free block, when many pages
 * have become empty, or when a block is not the caller's.
 */
public interface PoolBox {

  /** The artifact or strategy name, unique in a composition. */
  String name();

  /** Ascending block sizes in bytes, each a multiple of 16. */
  long[] blockSizes();

  /** A new bin without pages for one heap. */
  Bin newBin(LocalHeap heap, int sizeClass);

  /**
   * Gives a bin that has no free block a page with some. Only the heap's thread calls it.
   *
   * @throws io.hakmem.OutOfNativeMemoryException when there is no memory; nothing is lost then
   */
  void refill(LocalHeap heap, Bin bin);

  /** Takes the empty pages out of the heap's bins. Only the heap's thread calls it. */
  void collect(LocalHeap heap);

  /** Takes a block back that the caller has claimed and whose page belongs to another heap. */
  void freeRemote(Page page, long address);

  /**
   * Takes back what other threads freed, takes over the pages of ended threads, and returns all
   * empty pages to the supply. Only the heap's thread calls it.
   */
  void flush(LocalHeap heap);

  /** Returns all pages to the supply that no heap owns. Any thread may call it. */
  void reclaim();

  /** Bytes of the blocks that are with callers, or were freed remotely and not yet drained. */
  long liveBytes();

  /** Bytes of the free blocks that heaps keep at hand. */
  long cachedBytes();

  /** Counters by name, added up over all heaps; approximate while threads run. */
  SortedMap<String, Long> counters();

  /**
   * Checks the box's own structures for a heap at rest.
   *
   * @throws IllegalStateException naming the first invariant that does not hold
   */
  void checkInvariants(LocalHeap heap);
}
