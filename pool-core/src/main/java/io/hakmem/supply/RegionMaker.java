package io.hakmem.supply;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.PageKey;
import io.hakmem.memory.GuardedSource;
import io.hakmem.spi.Region;

/**
 * Asks the source for regions, and for memory of them, and for less where it refuses. The monitor
 * of {@link RegionSupply} guards it.
 */
final class RegionMaker {

  /** Regions are not made smaller than that, unless it is what is configured. */
  private static final long LEAST_BYTES = 1 << 20;

  /** Much less at once: what is left is for mappings of their own, too. */
  private static final int LESS = 16;

  private final GuardedSource source;
  private final SoundRegions sound;
  private final long unitBytes;
  private long regionBytes;

  RegionMaker(GuardedSource source, SoundRegions sound, RegionSupply.Limits limits) {
    this.source = source;
    this.sound = sound;
    this.unitBytes = limits.commitBytes();
    this.regionBytes = source.preferredRegionBytes(limits.regionBytes());
  }

  /** A region of at least so many bytes; smaller ones from now on if address space is short. */
  RegionRuns make(long bytes) {
    Region region = reserve(PageKey.roundUp(bytes));
    try {
      return new RegionRuns(region);
    } catch (Throwable refused) {
      source.release(region);
      throw refused;
    }
  }

  private Region reserve(long atLeast) {
    while (regionBytes > Math.max(atLeast, LEAST_BYTES)) {
      try {
        return sound.reserve(regionBytes);
      } catch (OutOfNativeMemoryException refused) {
        regionBytes = PageKey.roundUp(regionBytes / LESS);
      }
    }
    return sound.reserve(Math.max(atLeast, regionBytes));
  }

  /** Where the unit ends that is committed at a time, of the byte in front of an address. */
  long unitEnd(long address) {
    return (address + unitBytes - 1) / unitBytes * unitBytes;
  }

  /** Commits as much as is wanted, or as is needed; returns which. */
  long commit(long base, long needed, long wanted) {
    if (wanted > needed && commits(base, wanted)) {
      return wanted;
    }
    source.commit(base, needed);
    return needed;
  }

  /** Commits a range; false if that is refused, and nothing changed. */
  boolean commits(long base, long bytes) {
    try {
      source.commit(base, bytes);
      return true;
    } catch (OutOfNativeMemoryException refused) {
      return false;
    }
  }
}
