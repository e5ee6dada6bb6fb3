package io.hakmem.netty;

import io.hakmem.RawMemory;
import java.nio.ByteBuffer;

/** The usual kind: it reaches memory by addresses, for which the core has native access. */
final class RawByteBuf extends HakByteBuf {

  RawByteBuf(HakByteBufAllocator allocator) {
    super(allocator);
  }

  @Override
  void forget() {}

  @Override
  byte load1(int index) {
    return RawMemory.getByte(address + index);
  }

  @Override
  short load2(int index) {
    return RawMemory.getShort(address + index);
  }

  @Override
  int load4(int index) {
    return RawMemory.getInt(address + index);
  }

  @Override
  long load8(int index) {
    return RawMemory.getLong(address + index);
  }

  @Override
  void store1(int index, byte value) {
    RawMemory.putByte(address + index, value);
  }

  @Override
  void store2(int index, short value) {
    RawMemory.putShort(address + index, value);
  }

  @Override
  void store4(int index, int value) {
    RawMemory.putInt(address + index, value);
  }

  @Override
  void store8(int index, long value) {
    RawMemory.putLong(address + index, value);
  }

  @Override
  void load(int index, byte[] to, int toIndex, int bytes) {
    RawMemory.copy(address + index, to, toIndex, bytes);
  }

  @Override
  void store(int index, byte[] from, int fromIndex, int bytes) {
    RawMemory.copy(from, fromIndex, address + index, bytes);
  }

  @Override
  void clear(int index, int bytes) {
    RawMemory.fill(address + index, bytes, (byte) 0);
  }

  @Override
  ByteBuffer newView(int index, int bytes) {
    return RawMemory.buffer(address + index, bytes);
  }
}
