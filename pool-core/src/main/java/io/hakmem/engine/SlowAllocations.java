package io.hakmem.engine;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.compose.AlignedSizes;
import io.hakmem.compose.Parts;
import io.hakmem.heap.Bin;
import io.hakmem.heap.HeapAccess;
import io.hakmem.heap.LocalHeap;
import io.hakmem.thread.OwnHeaps;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Allocations that are no hits. One that is refused is tried a second time, after all heaps that
 * can be reached gave back what no caller has.
 */
final class SlowAllocations {

  /** Larger blocks would waste more than they save. */
  private static final long MOST_ABOVE_BYTES = 64 << 10;

  private final LargeBlocks large;
  private final OwnHeaps ownHeaps;
  private final Tracking tracking;
  private final Refusals refusals;
  private final Figures figures;
  private final Purge purge;
  private final AlignedSizes sizes;

  SlowAllocations(
      Parts parts,
      LargeBlocks large,
      OwnHeaps ownHeaps,
      Tracking tracking,
      Refusals refusals,
      Figures figures,
      Purge purge) {
    this.large = large;
    this.ownHeaps = ownHeaps;
    this.tracking = tracking;
    this.refusals = refusals;
    this.figures = figures;
    this.purge = purge;
    this.sizes = parts.alignedSizes();
  }

  /** A block of the heap that serves the calling thread, which is made if need be. */
  long fromOwnHeap(long bytes) {
    return fromOwnHeap(bytes, own -> fromOrAbove(own, bytes));
  }

  private long fromOwnHeap(long bytes, ToLongFunction<LocalHeap> again) {
    purge.notice();
    try {
      return ownHeaps.with(own -> own.allocate(bytes));
    } catch (OutOfNativeMemoryException refused) {
      return again(bytes, () -> ownHeaps.with(again));
    }
  }

  /** A block at a multiple of the alignment: blocks of a class are not aligned beyond a page. */
  long aligned(long bytes, long alignment) {
    long blockBytes = sizes.blockBytes(bytes, alignment);
    if (blockBytes != 0) {
      return fromOwnHeap(blockBytes, own -> from(own, blockBytes));
    }
    purge.notice();
    try {
      return large.allocate(bytes, alignment).base();
    } catch (OutOfNativeMemoryException refused) {
      return again(bytes, () -> large.allocate(bytes, alignment).base());
    }
  }

  /** A block of a heap that could not serve it by itself. */
  long missed(LocalHeap heap, long bytes) {
    purge.notice();
    HeapAccess access = heap.access();
    boolean wasSuspended = access.isSuspended();
    int outer = access.enter();
    try {
      return wasSuspended ? heap.allocate(bytes) : fromOwnOrShared(heap, bytes, outer);
    } catch (OutOfNativeMemoryException refused) {
      if (heap.thread() == null || outer > 0) {
        throw refused; // Inside of a call that tries again, or with locks held.
      }
      return again(bytes, () -> fromOrAbove(heap, bytes));
    } finally {
      access.depth = outer;
    }
  }

  /**
   * A page of a heap serves one class of one thread. Where a limit has no page for each class of
   * each thread, all but the first pages are those of heaps that threads share.
   */
  private long fromOwnOrShared(LocalHeap heap, long bytes, int outer) {
    Bin bin = heap.binFor(bytes);
    boolean isOwn = heap.thread() == null || outer > 0 || bin == null || !bin.isUsedUp();
    int shared = isOwn || heap.inbox().hasPages() ? 0 : figures.sharedHeaps(ownHeaps.ofThreads());
    return shared > 0
        ? ownHeaps.withShared(shared, heapOfAll -> fromOrAbove(heapOfAll, bytes))
        : from(heap, bytes);
  }

  /**
   * A block of a larger class that has one, where there is no memory for a page of the size's own.
   *
   * @throws OutOfNativeMemoryException if there is none
   */
  private long fromOrAbove(LocalHeap heap, long bytes) {
    try {
      return from(heap, bytes);
    } catch (OutOfNativeMemoryException refused) {
      long address = fromAbove(heap, bytes, MOST_ABOVE_BYTES);
      if (address == 0) {
        throw refused;
      }
      return address;
    }
  }

  /** A block that a bin of so many bytes up to so many has already, or 0. */
  private long fromAbove(LocalHeap heap, long bytes, long mostBytes) {
    Bin bin = heap.binFor(bytes);
    while (bin != null && bin.blockBytes() <= mostBytes) {
      long address = fromExisting(heap, bin);
      if (address != 0) {
        return address; // No call behind it: it could throw, and the block be lost.
      }
      bin = heap.binFor(bin.blockBytes() + 1);
    }
    return 0;
  }

  /** A block that the bin has already, or 0. */
  private long fromExisting(LocalHeap heap, Bin bin) {
    try {
      return bin.isUsedUp() ? 0 : fromBox(heap, bin);
    } catch (OutOfNativeMemoryException none) {
      return 0;
    }
  }

  private long again(long bytes, LongSupplier allocation) {
    ownHeaps.withThreadsOwn(purge.flushed);
    purge.reclaim();
    try {
      return allocation.getAsLong();
    } catch (OutOfNativeMemoryException refused) {
      figures.countOutOfMemory();
      throw new OutOfNativeMemoryException(bytes, refused, figures.held());
    }
  }

  private long from(LocalHeap heap, long bytes) {
    Tracking.told(bytes);
    if (tracking.samples(heap)) {
      return tracking.allocateSample(bytes);
    }
    Bin bin = heap.binFor(bytes);
    if (bin == null) {
      return large.allocate(bytes, 1).base();
    }
    if (bin.isDirect() && bin.hasFreeBlocks()) { // Of a size whose allocations are never hits.
      return bin.pop();
    }
    return fromBox(heap, bin);
  }

  /** What a box throws says which box it was, and which call. */
  private long fromBox(LocalHeap heap, Bin bin) {
    try {
      return bin.handler().allocate(heap, bin);
    } catch (OutOfNativeMemoryException refused) {
      throw refused;
    } catch (Throwable thrown) {
      String call = "allocate() of " + bin.blockBytes() + " B";
      throw refusals.failed(bin.handler().name(), call, thrown);
    }
  }
}
