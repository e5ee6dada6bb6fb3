package io.hakmem.memory;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.util.BitSet;

/** A region that is not given back yet. The monitor of its source guards it. */
final class LiveRegion implements RegionList.Entry {

  private final Region region;
  private final Arena arena;

  /** Granules in the one other state that its source knows; as large as it will ever be. */
  private final BitSet marked;

  /** What the source asked the system for; more than the region where the rest did not go back. */
  private long mappedBase;

  private long mappedEnd;

  /** A region of which no granule is marked. */
  LiveRegion(Region region, Arena arena, long mappedBase, long mappedEnd) {
    this.region = region;
    this.arena = arena;
    this.mappedBase = mappedBase;
    this.mappedEnd = mappedEnd;
    this.marked = new BitSet(Math.toIntExact(region.bytes() / PageSource.GRANULE_BYTES));
  }

  @Override
  public Region region() {
    return region;
  }

  long mappedBase() {
    return mappedBase;
  }

  long mappedEnd() {
    return mappedEnd;
  }

  /** Addresses in front of the region, or behind it, went back. */
  void mapped(long base, long end) {
    mappedBase = base;
    mappedEnd = end;
  }

  /**
   * Lets no Java code reach the memory any more; the addresses stay. Again: nothing.
   *
   * @throws IllegalStateException if a native call uses the memory; nothing changed then
   */
  void end() {
    if (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException inUse) {
        throw new IllegalStateException("in use by native calls", inUse);
      }
    }
  }

  int granule(long address) {
    return (int) ((address - region.base()) / PageSource.GRANULE_BYTES);
  }

  private long address(int granule) {
    return region.base() + granule * PageSource.GRANULE_BYTES;
  }

  void mark(long address, long bytes) {
    marked.set(granule(address), granule(address + bytes));
  }

  void unmark(long address, long bytes) {
    marked.clear(granule(address), granule(address + bytes));
  }

  /** The first address from one on whose granule is marked, or is not; at most the end. */
  long next(long address, long end, boolean isMarked) {
    int from = granule(address);
    int found = isMarked ? marked.nextSetBit(from) : marked.nextClearBit(from);
    return found < 0 ? end : Math.min(end, address(found));
  }
}
