package io.hakmem.netty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The kind for JVMs without native access: it reaches memory by the segment of its block. */
final class SegmentByteBuf extends HakByteBuf {

  private final HakByteBufAllocator allocator;

  /** Made when it is needed: where it cannot be made, the buffer is as it was. */
  private @Nullable MemorySegment made;

  SegmentByteBuf(HakByteBufAllocator allocator) {
    super(allocator);
    this.allocator = allocator;
  }

  @Override
  void forget() {
    made = null;
  }

  private MemorySegment block() {
    MemorySegment known = made;
    if (known == null) {
      known = allocator.segment(address, capacity());
      made = known;
    }
    return known;
  }

  @Override
  byte load1(int index) {
    return block().get(JAVA_BYTE, index);
  }

  @Override
  short load2(int index) {
    return block().get(JAVA_SHORT_UNALIGNED, index);
  }

  @Override
  int load4(int index) {
    return block().get(JAVA_INT_UNALIGNED, index);
  }

  @Override
  long load8(int index) {
    return block().get(JAVA_LONG_UNALIGNED, index);
  }

  @Override
  void store1(int index, byte value) {
    block().set(JAVA_BYTE, index, value);
  }

  @Override
  void store2(int index, short value) {
    block().set(JAVA_SHORT_UNALIGNED, index, value);
  }

  @Override
  void store4(int index, int value) {
    block().set(JAVA_INT_UNALIGNED, index, value);
  }

  @Override
  void store8(int index, long value) {
    block().set(JAVA_LONG_UNALIGNED, index, value);
  }

  @Override
  void load(int index, byte[] to, int toIndex, int bytes) {
    MemorySegment.copy(block(), JAVA_BYTE, index, to, toIndex, bytes);
  }

  @Override
  void store(int index, byte[] from, int fromIndex, int bytes) {
    MemorySegment.copy(from, fromIndex, block(), JAVA_BYTE, index, bytes);
  }

  @Override
  void clear(int index, int bytes) {
    block().asSlice(index, bytes).fill((byte) 0);
  }

  @Override
  ByteBuffer newView(int index, int bytes) {
    return block().asSlice(index, bytes).asByteBuffer();
  }
}
