package io.hakmem.spi;

import java.util.SortedMap;

/**
 * One allocation strategy of a composition. A hit never reaches the box: heaps pop and push the
 * bins themselves and call the box when a bin runs empty or full, or a block is not the caller's.
 */
public interface PoolBox {

  /** The artifact or strategy name, unique in a composition. */
  String name();

  /** Ascending block sizes in bytes, each a multiple of 16. */
  long[] blockSizes();

  /** A new, empty bin for one heap. */
  Bin newBin(LocalHeap heap, int sizeClass);

  /**
   * Puts at least one block into an empty bin. Only the heap's thread calls it.
   *
   * @throws io.hakmem.OutOfNativeMemoryException when there is no memory; nothing is lost then
   */
  void refill(LocalHeap heap, Bin bin);

  /** Makes room in a full bin. Only the heap's thread calls it. */
  void spill(LocalHeap heap, Bin bin);

  /** Takes a block back whose page belongs to another heap and whose state is already REMOTE. */
  void freeRemote(Page page);

  /**
   * Returns every cached block of the heap, and of heaps whose threads have ended, to its page, and
   * all empty pages to the supply. Only the heap's thread calls it.
   */
  void flush(LocalHeap heap);

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
