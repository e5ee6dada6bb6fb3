package io.hakmem.netty;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import java.nio.ByteOrder;

/** Reads and writes single values in the order of bytes that is asked for. */
abstract class ValueByteBuf extends AbstractReferenceCountedByteBuf {

  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  ValueByteBuf() {
    super(Integer.MAX_VALUE);
  }

  abstract byte load1(int index);

  abstract short load2(int index);

  abstract int load4(int index);

  abstract long load8(int index);

  abstract void store1(int index, byte value);

  abstract void store2(int index, short value);

  abstract void store4(int index, int value);

  abstract void store8(int index, long value);

  @Override
  protected final byte _getByte(int index) {
    return load1(index);
  }

  @Override
  protected final short _getShort(int index) {
    return IS_LITTLE ? Short.reverseBytes(load2(index)) : load2(index);
  }

  @Override
  protected final short _getShortLE(int index) {
    return IS_LITTLE ? load2(index) : Short.reverseBytes(load2(index));
  }

  @Override
  protected final int _getUnsignedMedium(int index) {
    return (load1(index) & 0xff) << 16 | (_getShort(index + 1) & 0xffff);
  }

  @Override
  protected final int _getUnsignedMediumLE(int index) {
    return (load1(index) & 0xff) | (_getShortLE(index + 1) & 0xffff) << 8;
  }

  @Override
  protected final int _getInt(int index) {
    return IS_LITTLE ? Integer.reverseBytes(load4(index)) : load4(index);
  }

  @Override
  protected final int _getIntLE(int index) {
    return IS_LITTLE ? load4(index) : Integer.reverseBytes(load4(index));
  }

  @Override
  protected final long _getLong(int index) {
    return IS_LITTLE ? Long.reverseBytes(load8(index)) : load8(index);
  }

  @Override
  protected final long _getLongLE(int index) {
    return IS_LITTLE ? load8(index) : Long.reverseBytes(load8(index));
  }

  @Override
  protected final void _setByte(int index, int value) {
    store1(index, (byte) value);
  }

  @Override
  protected final void _setShort(int index, int value) {
    store2(index, IS_LITTLE ? Short.reverseBytes((short) value) : (short) value);
  }

  @Override
  protected final void _setShortLE(int index, int value) {
    store2(index, IS_LITTLE ? (short) value : Short.reverseBytes((short) value));
  }

  @Override
  protected final void _setMedium(int index, int value) {
    store1(index, (byte) (value >>> 16));
    _setShort(index + 1, value);
  }

  @Override
  protected final void _setMediumLE(int index, int value) {
    store1(index, (byte) value);
    _setShortLE(index + 1, value >>> 8);
  }

  @Override
  protected final void _setInt(int index, int value) {
    store4(index, IS_LITTLE ? Integer.reverseBytes(value) : value);
  }

  @Override
  protected final void _setIntLE(int index, int value) {
    store4(index, IS_LITTLE ? value : Integer.reverseBytes(value));
  }

  @Override
  protected final void _setLong(int index, long value) {
    store8(index, IS_LITTLE ? Long.reverseBytes(value) : value);
  }

  @Override
  protected final void _setLongLE(int index, long value) {
    store8(index, IS_LITTLE ? value : Long.reverseBytes(value));
  }
}
