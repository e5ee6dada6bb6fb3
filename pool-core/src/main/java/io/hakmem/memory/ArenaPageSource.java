package io.hakmem.memory;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Regions from a shared {@link Arena} each, without any restricted method. The JVM has no way to
 * give a part of an arena back, so a region is resident from its reservation to its release.
 */
public final class ArenaPageSource extends RegionPageSource {

  /** Small, because all of a region is resident at once. */
  private static final long LARGEST_PREFERRED_BYTES = 2 << 20;

  /** Addresses of decommitted granules: they hold what their last user left there. */
  private final Set<Long> stale = ConcurrentHashMap.newKeySet();

  @Override
  public String name() {
    return "arena";
  }

  @Override
  Region reserve(long bytes, Arena arena) {
    try {
      MemorySegment memory = arena.allocate(bytes, GRANULE_BYTES);
      return new Region(memory.address(), bytes, memory);
    } catch (OutOfMemoryError e) {
      OutOfNativeMemoryException failure =
          new OutOfNativeMemoryException(
              bytes, "Arena.allocate failed (" + e.getMessage() + ") in page source " + name());
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  void commit(Region region, long address, long bytes) {
    for (long granule = address; granule < address + bytes; granule += GRANULE_BYTES) {
      if (stale.remove(granule)) {
        ZeroFill.zero(region, granule, GRANULE_BYTES);
      }
    }
  }

  @Override
  void decommit(Region region, long address, long bytes) {
    for (long granule = address; granule < address + bytes; granule += GRANULE_BYTES) {
      stale.add(granule);
    }
  }

  @Override
  void forget(Region region) {
    stale.removeIf(granule -> region.contains(granule, GRANULE_BYTES));
  }

  @Override
  public long preferredRegionBytes(long configured) {
    return roundUp(Math.min(configured, LARGEST_PREFERRED_BYTES));
  }

  @Override
  public boolean zeroedOnCommit() {
    return true;
  }
}
