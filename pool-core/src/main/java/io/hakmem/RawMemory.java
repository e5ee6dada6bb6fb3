package io.hakmem;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.hakmem.memory.Lifetimes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Reads and writes memory at raw addresses, for adapters that keep the address of a block and check
 * bounds and lifetime by themselves. A caller needs no restricted method and no native access of
 * its own.
 *
 * <p><b>Nothing is checked.</b> An address must lie in a live block, with all bytes that the call
 * touches: else the call damages memory of somebody else, or the JVM crashes. After the close of
 * its allocator no address is valid. The only exception for a wrong address is {@link
 * IndexOutOfBoundsException}, for a negative one.
 *
 * <p>Addresses need no alignment; values have the byte order of the processor, and are not atomic.
 * Any thread may call any method; two threads that touch the same bytes must agree on an order.
 *
 * <p>Without native access for {@code io.hakmem.core} each method but {@link #isEnabled} throws
 * {@link UnsupportedOperationException}, which names the option of the JVM. The way for such a JVM
 * is {@link HakAllocator#blockAt}, whose segment checks everything.
 */
public final class RawMemory {

  private static final boolean ENABLED = Lifetimes.hasNativeAccess();

  private static final MemorySegment ALL = ENABLED ? Lifetimes.allAddresses() : MemorySegment.NULL;

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private RawMemory() {}

  /** Whether the JVM allows it; the answer never changes. */
  public static boolean isEnabled() {
    return ENABLED;
  }

  private static MemorySegment all() {
    if (!ENABLED) {
      Lifetimes.requireNativeAccess("raw memory");
    }
    return ALL;
  }

  /** The byte at the address. */
  public static byte getByte(long address) {
    return all().get(JAVA_BYTE, address);
  }

  /** The two bytes from the address on. */
  public static short getShort(long address) {
    return all().get(SHORT, address);
  }

  /** The four bytes from the address on. */
  public static int getInt(long address) {
    return all().get(INT, address);
  }

  /** The eight bytes from the address on. */
  public static long getLong(long address) {
    return all().get(LONG, address);
  }

  /** Writes one byte. */
  public static void putByte(long address, byte value) {
    all().set(JAVA_BYTE, address, value);
  }

  /** Writes two bytes. */
  public static void putShort(long address, short value) {
    all().set(SHORT, address, value);
  }

  /** Writes four bytes. */
  public static void putInt(long address, int value) {
    all().set(INT, address, value);
  }

  /** Writes eight bytes. */
  public static void putLong(long address, long value) {
    all().set(LONG, address, value);
  }

  /**
   * Copies memory; the two ranges may overlap.
   *
   * @param bytes 0 or more
   */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(all(), from, all(), to, bytes);
  }

  /**
   * Copies part of an array to memory.
   *
   * @param bytes 0 or more
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static void copy(byte[] from, int index, long to, int bytes) {
    MemorySegment.copy(Objects.requireNonNull(from, "from"), index, all(), JAVA_BYTE, to, bytes);
  }

  /**
   * Copies memory to part of an array.
   *
   * @param bytes 0 or more
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static void copy(long from, byte[] to, int index, int bytes) {
    MemorySegment.copy(all(), JAVA_BYTE, from, Objects.requireNonNull(to, "to"), index, bytes);
  }

  /**
   * Sets every byte of a range.
   *
   * @param bytes 0 or more
   */
  public static void fill(long address, long bytes, byte value) {
    all().asSlice(address, bytes).fill(value);
  }

  /**
   * The memory as a direct buffer, big endian as new buffers are. It neither keeps the block alive
   * nor ends with it.
   *
   * @param bytes 0 or more
   */
  public static ByteBuffer buffer(long address, int bytes) {
    return all().asSlice(address, bytes).asByteBuffer().order(ByteOrder.BIG_ENDIAN);
  }
}
