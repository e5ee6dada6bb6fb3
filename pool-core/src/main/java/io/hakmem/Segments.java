package io.hakmem;

import io.hakmem.engine.Contents;
import io.hakmem.heap.LocalHeap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Blocks as segments and buffers. If a block cannot be shown, it is taken back; the place of a
 * catch is where the block came, since a call between the two could be cut off.
 */
final class Segments implements SegmentAllocator {

  /** What every block is a multiple of. */
  private static final long BLOCK_ALIGNMENT = 16;

  private final HakAllocator allocator;
  private final Contents contents;

  Segments(HakAllocator allocator, Contents contents) {
    this.allocator = allocator;
    this.contents = contents;
  }

  /** By the contract of the JDK a segment may be empty. */
  @Override
  public MemorySegment allocate(long bytes, long alignment) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "byteSize=" + bytes + " must be in [0, " + Long.MAX_VALUE + "]");
    }
    return of(Math.max(1, bytes), alignment, bytes, false);
  }

  /** The first bytes of a new block. */
  MemorySegment of(long bytes, long alignment, long shownBytes, boolean isZeroed) {
    LocalHeap heap = allocator.heaps.current();
    boolean isOwn = contents.requireUndo(heap);
    long address = isZeroed ? zeroed(bytes, alignment) : asComposed(heap, bytes, alignment);
    try {
      return contents.usable(address).asSlice(0, shownBytes);
    } catch (Throwable thrown) {
      heap.undone = isOwn ? address : 0; // No call yet: it may find no room.
      contents.undo(heap, address);
      throw thrown;
    }
  }

  /** A new block, in the byte order of the processor. */
  ByteBuffer buffer(int bytes, boolean isZeroed) {
    LocalHeap heap = allocator.heaps.current();
    boolean isOwn = contents.requireUndo(heap);
    long address = isZeroed ? zeroed(bytes, 1) : asComposed(heap, bytes, 1);
    try {
      return contents
          .usable(address)
          .asSlice(0, bytes)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder());
    } catch (Throwable thrown) {
      heap.undone = isOwn ? address : 0;
      contents.undo(heap, address);
      throw thrown;
    }
  }

  private long zeroed(long bytes, long alignment) {
    return isAlwaysAligned(alignment)
        ? allocator.allocateZeroed(bytes)
        : allocator.allocateZeroed(bytes, alignment);
  }

  private long asComposed(LocalHeap heap, long bytes, long alignment) {
    return isAlwaysAligned(alignment)
        ? allocator.allocate(heap, bytes)
        : allocator.allocate(bytes, alignment);
  }

  private static boolean isAlwaysAligned(long alignment) {
    return alignment > 0 && alignment <= BLOCK_ALIGNMENT && Long.bitCount(alignment) == 1;
  }
}
