package io.hakmem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** An allocator as the JDK's interface, by which a segment may be empty. */
final class Segments implements SegmentAllocator {

  private final HakAllocator allocator;

  Segments(HakAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public MemorySegment allocate(long bytes, long alignment) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "byteSize=%d must be in [0, %d]".formatted(bytes, Long.MAX_VALUE));
    }
    return allocator.segment(Math.max(1, bytes), alignment, bytes, false);
  }
}
