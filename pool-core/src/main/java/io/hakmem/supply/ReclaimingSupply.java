package io.hakmem.supply;

import io.hakmem.OutOfNativeMemoryException;
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

  /** The callback runs on the thread that asked for memory, which holds no lock of a box. */
  public ReclaimingSupply(RegionSupply supply, Runnable reclaim) {
    this.supply = supply;
    this.reclaim = reclaim;
  }

  @Override
  public Run acquire(long bytes) {
    return acquire(bytes, 0);
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
    supply.release(base, bytes);
  }
}
