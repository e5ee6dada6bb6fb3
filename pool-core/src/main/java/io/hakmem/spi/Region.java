package io.hakmem.spi;

import java.lang.foreign.MemorySegment;

/**
 * Reserved address space that pages are cut from. Only committed ranges of it may be touched.
 *
 * @param base first address, a multiple of {@link PageSource#GRANULE_BYTES}
 * @param bytes size in bytes, a positive multiple of {@link PageSource#GRANULE_BYTES}
 * @param memory the whole region, for every thread; throws {@link IllegalStateException} when used
 *     after the region's release
 */
public record Region(long base, long bytes, MemorySegment memory) {

  /**
   * Checks that the three agree.
   *
   * @throws IllegalArgumentException if the memory has another address or size
   */
  public Region {
    if (memory.address() != base || memory.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "memory=" + memory + " must cover base=" + base + ", bytes=" + bytes);
    }
  }

  /** Whether all of the range lies in this region; {@code bytes} must not be negative. */
  public boolean contains(long address, long bytes) {
    long offset = address - base;
    return offset >= 0 && offset <= this.bytes && bytes <= this.bytes - offset;
  }

  /**
   * A part of {@link #memory}, for every thread.
   *
   * @throws IndexOutOfBoundsException if the range is not all in this region
   */
  public MemorySegment slice(long address, long bytes) {
    return memory.asSlice(address - base, bytes);
  }
}
