package io.hakmem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class RawMemoryTest {

  private final MemorySegment block = Arena.ofAuto().allocate(64);
  private final long address = block.address();

  private byte[] bytes() {
    return block.toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void put_atAddressesWithoutAlignment_isReadBack() {
    assertThat(RawMemory.isEnabled()).isTrue();
    RawMemory.putLong(address + 1, 0x0102030405060708L);
    RawMemory.putInt(address + 9, 0x090a0b0c);
    RawMemory.putShort(address + 13, (short) 0x0d0e);
    RawMemory.putByte(address + 15, (byte) 0x0f);
    assertThat(RawMemory.getLong(address + 1)).isEqualTo(0x0102030405060708L);
    assertThat(RawMemory.getInt(address + 9)).isEqualTo(0x090a0b0c);
    assertThat(RawMemory.getShort(address + 13)).isEqualTo((short) 0x0d0e);
    assertThat(RawMemory.getByte(address + 15)).isEqualTo((byte) 0x0f);
    ByteBuffer same = ByteBuffer.wrap(bytes()).order(ByteOrder.nativeOrder());
    assertThat(same.getLong(1)).isEqualTo(0x0102030405060708L);
    assertThat(same.getInt(9)).isEqualTo(0x090a0b0c);
    assertThat(same.getShort(13)).isEqualTo((short) 0x0d0e);
  }

  @Test
  void copy_betweenArraysAndMemory_movesTheBytesAlone() {
    RawMemory.copy(new byte[] {9, 1, 2, 3, 9}, 1, address + 4, 3);
    RawMemory.copy(address + 4, address + 5, 3);
    byte[] target = new byte[6];
    RawMemory.copy(address + 3, target, 1, 5);
    assertThat(target).containsExactly(0, 0, 1, 1, 2, 3);
    RawMemory.fill(address, 2, (byte) 7);
    assertThat(bytes()).startsWith(7, 7, 0, 0, 1, 1, 2, 3, 0);
  }

  @Test
  void buffer_always_isTheMemoryItself() {
    ByteBuffer buffer = RawMemory.buffer(address + 8, 16);
    assertThat(buffer.isDirect()).isTrue();
    assertThat(buffer.capacity()).isEqualTo(16);
    buffer.putInt(0, 0x01020304);
    assertThat(bytes()).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0);
  }

  @Test
  void access_atANegativeAddress_isRefused() {
    assertThatThrownBy(() -> RawMemory.getByte(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RawMemory.putLong(Long.MIN_VALUE, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // Programs may do so.
  void copy_ofNoArray_namesTheParameter() {
    assertThatThrownBy(() -> RawMemory.copy((byte[]) null, 0, address, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("from");
    assertThatThrownBy(() -> RawMemory.copy(address, null, 0, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("to");
  }

  @Test
  void copyAndFill_ofALengthBelowZero_areRefused() {
    assertThatThrownBy(() -> RawMemory.copy(address, address + 8, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RawMemory.fill(address, -1, (byte) 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RawMemory.buffer(address, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RawMemory.copy(new byte[4], 2, address, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RawMemory.copy(address, new byte[4], -1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(bytes()).containsOnly(0);
  }
}
