package io.hakmem;

import java.util.List;
import java.util.SortedMap;

/**
 * What an allocator holds at one moment and has done since it was made; approximate while threads
 * run. Of {@code committedBytes}, what is neither live nor cached is in no box's hands and goes
 * back to the system in time.
 *
 * @param reservedBytes reserved address space
 * @param committedBytes memory taken from the system
 * @param peakCommittedBytes highest {@code committedBytes} so far
 * @param limitBytes what {@code committedBytes} never exceeds; 0 if there is no limit
 * @param liveBytes memory of blocks that are with callers
 * @param cachedBytes memory of free blocks that heaps and boxes keep at hand
 * @param allocations blocks handed out so far
 * @param frees blocks freed so far
 * @param remoteFrees frees by a thread that does not own the page
 * @param refused addresses that were refused, by reason
 * @param limitHits times that the limit refused memory; an allocation may do so more than once,
 *     since it is tried again after empty pages were given back
 * @param outOfMemory allocations that ended in {@link OutOfNativeMemoryException}
 * @param trims calls of {@link HakAllocator#trim}
 * @param trimmedBytes what those gave back to the system
 * @param boxes figures of each box, those that are asked first in front
 * @param sizeClasses figures of each class that has a page or had an allocation, by box
 * @param fallbacks what boxes handed to the next one, by class and reason
 * @param counters counters of the boxes by name
 */
public record Stats(
    long reservedBytes,
    long committedBytes,
    long peakCommittedBytes,
    long limitBytes,
    long liveBytes,
    long cachedBytes,
    long allocations,
    long frees,
    long remoteFrees,
    RefusedFrees refused,
    long limitHits,
    long outOfMemory,
    long trims,
    long trimmedBytes,
    List<Box> boxes,
    List<SizeClass> sizeClasses,
    List<Fallback> fallbacks,
    SortedMap<String, Long> counters) {

  /** Addresses that were refused, for whatever reason. */
  public long refusedFrees() {
    return refused.foreign() + refused.interior() + refused.alreadyFree() + refused.wrongSize();
  }

  /**
   * Addresses that were refused, by {@link HakAllocator#free} and by the other calls that take one.
   *
   * @param foreign in no page of the allocator
   * @param interior inside of a block
   * @param alreadyFree of a block that is free
   * @param wrongSize of a live block, with another size than it has; with full checks only
   */
  public record RefusedFrees(long foreign, long interior, long alreadyFree, long wrongSize) {}

  /**
   * One box. A box that works on the pages of another one has none of its own, and its figures are
   * 0.
   *
   * @param name its artifact or strategy
   * @param pages its pages, those without an owner included; of large blocks, the live ones
   * @param liveBytes as in {@link Stats}
   * @param cachedBytes as in {@link Stats}
   * @param allocations as in {@link Stats}
   * @param frees as in {@link Stats}
   */
  public record Box(
      String name, long pages, long liveBytes, long cachedBytes, long allocations, long frees) {}

  /**
   * One size class of one box.
   *
   * @param box the box's name
   * @param blockBytes size of the blocks in bytes
   * @param pages pages of this class, those without an owner included
   * @param liveBytes as in {@link Stats}
   * @param cachedBytes as in {@link Stats}, with what is lost at the ends of pages
   * @param allocations as in {@link Stats}
   * @param frees as in {@link Stats}
   */
  public record SizeClass(
      String box,
      long blockBytes,
      long pages,
      long liveBytes,
      long cachedBytes,
      long allocations,
      long frees) {}

  /**
   * What a box handed to the next one instead of serving it.
   *
   * @param from the box that was asked
   * @param to the box that it handed to
   * @param blockBytes size of the class's blocks in bytes; 0 for all sizes above the last class
   * @param reason why
   * @param count how often
   */
  public record Fallback(String from, String to, long blockBytes, String reason, long count) {}
}
