package io.hakmem.pool.v1flat;

import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Mappings that begin at a distance from the page boundary, as those of a system call may. Between
 * two of them there is a page of room, so that no two share a page key.
 */
final class ShiftedSupply implements PageSupply {

  private static final long BYTES = 128L * PageKey.PAGE_BYTES;

  private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, PageKey.PAGE_BYTES);
  private final long shiftBytes;
  private long usedBytes;

  /** A supply; a shift of 0 keeps what a page supply promises. */
  ShiftedSupply(long shiftBytes) {
    this.shiftBytes = shiftBytes;
  }

  /** How many page keys its memory has. */
  int keys() {
    return (int) PageKey.of(BYTES);
  }

  @Override
  public Run acquire(long bytes) {
    long offset = usedBytes + shiftBytes;
    usedBytes += bytes + PageKey.PAGE_BYTES;
    return new Run(memory.address() + offset, memory.asSlice(offset, bytes));
  }

  @Override
  public void release(long base, long bytes) {
    throw new UnsupportedOperationException("tests of this supply keep their pages");
  }
}
