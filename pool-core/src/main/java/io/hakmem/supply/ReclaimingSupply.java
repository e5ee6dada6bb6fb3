package io.hakmem.supply;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.PageSupply;
import org.jspecify.annotations.Nullable;

/**
 * Before it refuses, it lets the boxes return the pages that no heap owns, gives unused memory back
 * to the system, and tries once more; then the same with the allocators that share the limit.
 */
public final class ReclaimingSupply implements PageSupply {

  private static final int AMPLE_RUNS_TO_HALF_OF_LIMIT = 512;

  private final RegionSupply supply;
  private final Runnable reclaim;
  private final ShortRuns shortRuns = new ShortRuns();

  /** The callback runs on the thread that asked for memory, which holds no lock of a box. */
  public ReclaimingSupply(RegionSupply supply, Runnable reclaim) {
    this.supply = supply;
    this.reclaim = reclaim;
  }

  @Override
  public Run acquire(long bytes) {
    return ShortRuns.isShort(bytes) ? acquireShort(bytes) : acquire(bytes, 0);
  }

  private Run acquireShort(long bytes) {
    StackRoom.require();
    supply.requireOpen(bytes);
    Run run = shortRuns.take(bytes);
    return run == null ? acquireFirst(bytes) : run;
  }

  private Run acquireFirst(long bytes) {
    Run page;
    try {
      page = acquire(PageKey.PAGE_BYTES);
    } catch (OutOfNativeMemoryException refused) {
      Run reclaimed = shortRuns.take(bytes); // Boxes were asked to return what they have.
      if (reclaimed == null) {
        throw refused;
      }
      return reclaimed;
    }
    try {
      return shortRuns.takeFirst(page, bytes);
    } catch (Throwable refused) {
      supply.release(page.base(), PageKey.PAGE_BYTES);
      throw refused;
    }
  }

  @Override
  public Run acquireAligned(long bytes, long alignment) {
    return acquire(bytes, alignment);
  }

  private Run acquire(long bytes, long alignment) {
    try {
      return fromSupply(bytes, alignment);
    } catch (OutOfNativeMemoryException refused) {
      trim();
    }
    try {
      return fromSupply(bytes, alignment);
    } catch (OutOfNativeMemoryException refused) {
      if (supply.account().trimOthers() == 0) {
        throw refused;
      }
    }
    return fromSupply(bytes, alignment);
  }

  /** At any address, if the alignment is 0. */
  private Run fromSupply(long bytes, long alignment) {
    return alignment == 0 ? supply.acquire(bytes) : supply.acquireAligned(bytes, alignment);
  }

  /** Gives back what no heap owns; any thread that holds no lock of this allocator's supply. */
  public long trim() {
    reclaim.run();
    return supply.trim();
  }

  /** A small part of what is left of the first half of a limit. */
  @Override
  public long ampleBytes() {
    long limit = supply.account().limitBytes();
    return limit == 0
        ? Long.MAX_VALUE
        : Math.max(0, (limit >> 1) - supply.committed()) / AMPLE_RUNS_TO_HALF_OF_LIMIT;
  }

  @Override
  public @Nullable Run extend(long base, long bytes, long toBytes) {
    return supply.extend(base, bytes, toBytes);
  }

  @Override
  public void discard(long address, long bytes) {
    supply.discard(address, bytes);
  }

  @Override
  public void release(long base, long bytes) {
    if (!ShortRuns.isShort(bytes)) {
      supply.release(base, bytes);
      return;
    }
    long page = shortRuns.giveBack(base, bytes);
    if (page != 0) {
      supply.release(page, PageKey.PAGE_BYTES);
    }
  }
}
