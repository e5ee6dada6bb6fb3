package io.hakmem.bench.workload;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** The one place of the benchmarks that reads and writes native memory. */
final class Memory {

  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  /** Writes the first and the last byte of a block. */
  static void touch(long address, long bytes) {
    ALL.set(JAVA_BYTE, address, (byte) 1);
    ALL.set(JAVA_BYTE, address + bytes - 1, (byte) 1);
  }

  static void fill(long address, long bytes, int slot) {
    ALL.asSlice(address, bytes).fill(pattern(slot));
  }

  /** Returns the offset of the first byte that is not the slot's pattern, or -1. */
  static long firstWrong(long address, long bytes, int slot) {
    byte expected = pattern(slot);
    for (long i = 0; i < bytes; i++) {
      if (ALL.get(JAVA_BYTE, address + i) != expected) {
        return i;
      }
    }
    return -1;
  }

  /** Neighbouring slots differ, and none is the 0 of fresh memory. */
  private static byte pattern(int slot) {
    return (byte) (1 + Math.floorMod(slot, 251));
  }
}
