package io.hakmem.memory;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Regions from a shared {@link Arena} each, without any restricted method. The JVM has no way to
 * give a part of an arena back, so a region is resident from its reservation to its release.
 */
public final class ArenaPageSource extends RegionPageSource {

  /** Small, because all of a region is resident at once. */
  private static final long LARGEST_PREFERRED_BYTES = 2 << 20;

  @Override
  public String name() {
    return "arena";
  }

  @Override
  LiveRegion reserve(long bytes, Arena arena) {
    try {
      MemorySegment memory = arena.allocate(bytes, GRANULE_BYTES);
      long base = memory.address();
      return new LiveRegion(new Region(base, bytes, memory), arena, base, base + bytes);
    } catch (OutOfMemoryError e) {
      OutOfNativeMemoryException failure =
          new OutOfNativeMemoryException(
              bytes, "Arena.allocate failed (" + e.getMessage() + ") in page source " + name());
      failure.initCause(e);
      throw failure;
    }
  }

  /** Marked granules were decommitted: they hold what their last user left there. */
  @Override
  void commit(LiveRegion live, long address, long bytes) {
    long end = address + bytes;
    long from = live.next(address, end, true);
    while (from < end) {
      long to = live.next(from, end, false);
      ZeroFill.zero(live.region(), from, to - from);
      live.unmark(from, to - from);
      from = live.next(to, end, true);
    }
  }

  @Override
  void decommit(LiveRegion live, long address, long bytes) {
    live.mark(address, bytes);
  }

  @Override
  public boolean decommitsParts() {
    return false;
  }

  /** The end of its arena has given the memory back. */
  @Override
  void giveBack(LiveRegion live) {}

  @Override
  public long preferredRegionBytes(long configured) {
    return roundUp(Math.min(configured, LARGEST_PREFERRED_BYTES));
  }

  @Override
  public boolean zeroedOnCommit() {
    return true;
  }
}
