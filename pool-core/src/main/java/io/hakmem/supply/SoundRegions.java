package io.hakmem.supply;

import io.hakmem.memory.GuardedSource;
import io.hakmem.memory.RegionList;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Asks the source for regions, and believes none of them before it has looked: a page source can be
 * the program's. The monitor of {@link RegionSupply} guards it.
 */
final class SoundRegions {

  /** Any thread but those that call: memory of one thread alone is none for all. */
  private static final Thread OTHER = new Thread();

  private final GuardedSource source;
  private final RegionList<?> runs;
  private final RegionList<?> mappings;

  /** Looks for overlaps in both lists. */
  SoundRegions(GuardedSource source, RegionList<?> runs, RegionList<?> mappings) {
    this.source = source;
    this.runs = runs;
    this.mappings = mappings;
  }

  /**
   * A region of at least so many bytes. One that is refused is released, unless that could end a
   * region that is in use.
   *
   * @throws io.hakmem.OutOfNativeMemoryException if the source refuses, or returns what is no such
   *     region
   */
  Region reserve(long bytes) {
    Region region = source.reserve(bytes);
    if (runs.overlaps(region) || mappings.overlaps(region)) {
      throw source.wrongRegion(bytes, text(region) + ", which overlaps a region that is in use");
    }
    try {
      String wrong = wrong(region, bytes);
      if (wrong != null) {
        throw source.wrongRegion(bytes, text(region) + ", " + wrong);
      }
    } catch (Throwable refused) {
      source.release(region);
      throw refused;
    }
    return region;
  }

  private static String text(Region region) {
    return "a region of " + region.bytes() + " bytes at 0x" + Long.toHexString(region.base());
  }

  private static @Nullable String wrong(Region region, long bytes) {
    MemorySegment memory = region.memory();
    if (region.bytes() < bytes) {
      return "which is too small";
    }
    if ((region.base() | region.bytes()) % PageSource.GRANULE_BYTES != 0 || region.base() == 0) {
      return "which must begin and end at multiples of " + PageSource.GRANULE_BYTES;
    }
    if (!memory.scope().isAlive()) {
      return "whose memory is closed already";
    }
    boolean isForAll = memory.isNative() && memory.isAccessibleBy(OTHER) && !memory.isReadOnly();
    return isForAll ? null : "whose memory is not native, or not for every thread to write";
  }
}
