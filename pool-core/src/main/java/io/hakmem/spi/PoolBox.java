package io.hakmem.spi;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * One allocation strategy of a composition. It takes part in one of two ways:
 *
 * <ul>
 *   <li>It fills direct bins. A hit never reaches the box: heaps pop and push the pages of such
 *       bins themselves, and call the box when a bin has no free block, when many pages have become
 *       empty, or when a block is not the caller's.
 *   <li>It serves each operation itself, through {@link #allocate} and {@link #free}: its bins are
 *       not direct, so no operation on them is a hit.
 * </ul>
 *
 * <p>Whatever concerns memory of its own is empty as it stands, for boxes that have none.
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

  /**
   * Serves an allocation that is no hit: a live block of the bin's class. Only the heap's thread
   * calls it.
   *
   * @throws io.hakmem.OutOfNativeMemoryException when there is no memory; nothing is lost then
   */
  default long allocate(LocalHeap heap, Bin bin) {
    if (!bin.hasFreeBlocks()) {
      refill(heap, bin);
    }
    return bin.pop();
  }

  /** Takes back a live block of a page of this heap, by a free that is no hit. */
  default void free(LocalHeap heap, Page page, long address) {
    heap.takeBack(page, address);
  }

  /** Whether {@link #freeUnlooked} may find blocks. */
  default boolean findsBlocks() {
    return false;
  }

  /**
   * Takes a live block back that the box finds by itself, before the directory is asked.
   *
   * @param heap the calling thread's heap
   * @param address any long
   * @return false, with nothing changed, to leave it to the directory
   */
  default boolean freeUnlooked(LocalHeap heap, long address) {
    return false;
  }

  /** Whether the address of each block is a multiple of every power of two that its size is. */
  default boolean alignsBlocks() {
    return true;
  }

  /** Whether {@link #missedFree} is told of anything. */
  default boolean hearsMissedFrees() {
    return false;
  }

  /**
   * Is told of each free that is no hit, before it is served or refused.
   *
   * @param heap the calling thread's heap, or one that stands for no thread
   * @param page the page of the address, or {@link Page#NONE}
   */
  default void missedFree(LocalHeap heap, Page page, long address) {}

  /** Takes the empty pages out of the heap's bins. Only the heap's thread calls it. */
  default void collect(LocalHeap heap) {}

  /** Takes a block back that the caller has claimed and whose page belongs to another heap. */
  void freeRemote(Page page, long address);

  /**
   * Takes back what other threads freed, takes over the pages of ended threads, and returns all
   * empty pages to the supply. Only the heap's thread calls it.
   */
  default void flush(LocalHeap heap) {}

  /** Returns all pages to the supply that no heap owns. Any thread may call it. */
  default void reclaim() {}

  /** Bytes of the blocks that are with callers, or were freed remotely and not yet drained. */
  default long liveBytes() {
    return 0;
  }

  /** Bytes of the free blocks that heaps keep at hand. */
  default long cachedBytes() {
    return 0;
  }

  /** Lines of statistics that a gate of this box asks for, in a form that tools may read. */
  default List<String> statistics() {
    return List.of();
  }

  /** What the box has done on pages of its own. */
  default Operations operations() {
    return Operations.NONE;
  }

  /** What the box holds and has done in each class that it has pages of; in ascending order. */
  default List<ClassFigures> classFigures() {
    return List.of();
  }

  /** What the box has handed to the next one instead of serving it; always the same object. */
  default FallbackCounts fallbacks() {
    return FallbackCounts.NONE;
  }

  /** Counters by name, added up over all heaps; approximate while threads run. */
  default SortedMap<String, Long> counters() {
    return Collections.emptySortedMap();
  }

  /**
   * Checks the box's own structures for a heap at rest.
   *
   * @throws IllegalStateException naming the first invariant that does not hold
   */
  default void checkInvariants(LocalHeap heap) {}

  /**
   * Figures of one class; approximate while threads run.
   *
   * @param blockBytes size of the blocks in bytes
   * @param pages pages, those without an owner included
   * @param liveBytes bytes of the blocks that are with callers, or were freed remotely and not yet
   *     drained
   * @param cachedBytes bytes of the pages beside those, what no block reaches at their ends
   *     included
   * @param operations what was done
   */
  record ClassFigures(
      long blockBytes, long pages, long liveBytes, long cachedBytes, Operations operations) {

    /** The sum of both, which are of one class. */
    public ClassFigures plus(ClassFigures more) {
      return new ClassFigures(
          blockBytes,
          pages + more.pages,
          liveBytes + more.liveBytes,
          cachedBytes + more.cachedBytes,
          operations.plus(more.operations));
    }
  }
}
