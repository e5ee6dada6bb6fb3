package io.hakmem.pool.v1flat;

import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.TreeMap;

/** Runs with a page of room between two of them, which are never taken back. */
final class SpacedSupply implements PageSupply {

  private static final long BYTES = 128L * PageKey.PAGE_BYTES;

  private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, PageKey.PAGE_BYTES);
  private final TreeMap<Long, Long> runs = new TreeMap<>();
  private long usedBytes;

  /** How many page keys its memory has. */
  int keys() {
    return (int) PageKey.of(BYTES);
  }

  /** Whether the address lies in the first 64 KiB of its run. */
  boolean isInFirstPage(long address) {
    return address - runs.floorKey(address) < PageKey.PAGE_BYTES;
  }

  @Override
  public Run acquire(long bytes) {
    long offset = usedBytes;
    usedBytes += bytes + PageKey.PAGE_BYTES;
    runs.put(memory.address() + offset, bytes);
    return new Run(memory.address() + offset, memory.asSlice(offset, bytes));
  }

  @Override
  public void release(long base, long bytes) {
    throw new UnsupportedOperationException("tests of this supply keep their pages");
  }
}
