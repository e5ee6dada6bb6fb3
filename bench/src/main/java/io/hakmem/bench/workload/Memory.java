package io.hakmem.bench.workload;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** The one place of the loads that reads and writes native memory. */
public final class Memory {

  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle BYTE = JAVA_BYTE.varHandle();

  private Memory() {}

  /** Writes the first and the last byte of a block. */
  public static void touch(long address, long bytes) {
    ALL.set(JAVA_BYTE, address, (byte) 1);
    ALL.set(JAVA_BYTE, address + bytes - 1, (byte) 1);
  }

  /** Writes each byte of a block. */
  public static void set(long address, long bytes) {
    ALL.asSlice(address, bytes).fill((byte) 1);
  }

  /** Counts up the first byte of a block, each time in memory: plain writes would become one. */
  public static void count(long address, int times) {
    for (int i = 0; i < times; i++) {
      byte before = (byte) BYTE.getOpaque(ALL, address);
      BYTE.setOpaque(ALL, address, (byte) (before + 1));
    }
  }

  /** Fills a block with the pattern of its owner. */
  public static void fill(long address, long bytes, int owner) {
    for (long i = 0; i < bytes; i++) {
      ALL.set(JAVA_BYTE, address + i, pattern(owner, i));
    }
  }

  /** Returns the offset of the first byte that is not the owner's pattern, or -1. */
  public static long firstWrong(long address, long bytes, int owner) {
    for (long i = 0; i < bytes; i++) {
      if (ALL.get(JAVA_BYTE, address + i) != pattern(owner, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the offset of the first byte that is not 0, or -1. */
  public static long firstNotZero(long address, long bytes) {
    for (long i = 0; i < bytes; i++) {
      if (ALL.get(JAVA_BYTE, address + i) != 0) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The owner's number in base 255, least digit first and over again, each digit plus 1: four bytes
   * tell any two owners apart, the first byte tells neighbours, and no byte is the 0 of fresh
   * memory.
   */
  private static byte pattern(int owner, long offset) {
    int digits =
        switch ((int) offset & 3) {
          case 0 -> owner;
          case 1 -> owner / 255;
          case 2 -> owner / (255 * 255);
          default -> owner / (255 * 255 * 255);
        };
    return (byte) (1 + digits % 255);
  }
}
