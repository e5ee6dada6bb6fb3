package io.hakmem.supply;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Address space that nobody touches; every source hands out the same. */
final class NoMemory implements PageSource {

  static final long REGION_BYTES = 4 * GRANULE_BYTES;

  private static final MemorySegment SPACE = Arena.global().allocate(REGION_BYTES, GRANULE_BYTES);

  @Override
  public String name() {
    return "no-memory";
  }

  @Override
  public Region reserve(long bytes) {
    return new Region(SPACE.address(), REGION_BYTES, SPACE);
  }

  @Override
  public void commit(long address, long bytes) {}

  @Override
  public void decommit(long address, long bytes) {}

  @Override
  public void release(Region region) {}

  @Override
  public void close() {}

  @Override
  public long preferredRegionBytes(long configured) {
    return REGION_BYTES;
  }

  @Override
  public boolean zeroedOnCommit() {
    return true;
  }
}
