package io.hakmem;

import java.util.List;
import java.util.SortedMap;

/**
 * What an allocator holds at one moment and has done since it was made; approximate while threads
 * run. Of {@link #committedBytes}, what is neither live nor cached is in no box's hands and goes
 * back to the system in time. Immutable; any thread may read it.
 *
 * <p>A later version may have more figures, here and in the records: read them by their methods,
 * make no record by its constructor and match none by a pattern.
 */
public sealed interface Stats permits HakAllocatorMXBean.Snapshot {

  /** Reserved address space, in bytes. */
  long reservedBytes();

  /** Memory taken from the system, in bytes. */
  long committedBytes();

  /** Highest {@link #committedBytes} so far. */
  long peakCommittedBytes();

  /** What {@link #committedBytes} never exceeds; 0 if there is no limit. */
  long limitBytes();

  /** Memory of blocks that are with callers, in bytes. */
  long liveBytes();

  /** Memory of free blocks that heaps and boxes keep at hand, in bytes. */
  long cachedBytes();

  /** Blocks handed out so far. */
  long allocations();

  /** Blocks freed so far. */
  long frees();

  /** Frees by a thread that does not own the page. */
  long remoteFrees();

  /** Addresses that were refused, by reason. */
  RefusedFrees refused();

  /**
   * Times that the limit refused memory; an allocation may do so more than once, since it is tried
   * again after empty pages were given back.
   */
  long limitHits();

  /** Allocations that ended in {@link OutOfNativeMemoryException}. */
  long outOfMemory();

  /** Calls of {@link HakAllocator#trim}. */
  long trims();

  /** Bytes that those gave back to the system. */
  long trimmedBytes();

  /** Figures of each box, those that are asked first in front. */
  List<Box> boxes();

  /** Figures of each class that has a page or had an allocation, by box. */
  List<SizeClass> sizeClasses();

  /** What boxes handed to the next one, by class and reason. */
  List<Fallback> fallbacks();

  /** Counters of the boxes by name. */
  SortedMap<String, Long> counters();

  /** Addresses that were refused, for whatever reason. */
  default long refusedFrees() {
    RefusedFrees all = refused();
    return all.foreign() + all.interior() + all.alreadyFree() + all.wrongSize();
  }

  /**
   * Addresses that were refused, by {@link HakAllocator#free} and by the other calls that take one.
   *
   * @param foreign in no page of the allocator
   * @param interior inside of a block
   * @param alreadyFree of a block that is free
   * @param wrongSize of a live block, with another size than it has; with full checks only
   */
  record RefusedFrees(long foreign, long interior, long alreadyFree, long wrongSize) {}

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
  record Box(
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
  record SizeClass(
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
  record Fallback(String from, String to, long blockBytes, String reason, long count) {}
}
