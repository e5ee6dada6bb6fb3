package io.hakmem.fuzz;

import io.hakmem.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** What the holder of a block writes into it and looks for again. Any thread. */
public final class Marks {

  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int FULL_ONE_IN = 64;
  private static final long MOST_FULL_BYTES = 16 << 10;

  /** Of larger blocks these bytes and the last one are looked at, since looking takes time. */
  private static final int MOST_CLEARED_BYTES = 256 << 10;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[MOST_CLEARED_BYTES]);

  private final HakAllocator allocator;
  private final long clearedBytes;

  /**
   * Marks in the blocks of an allocator.
   *
   * @param clearedBytes leading bytes that are zero when a block is handed out
   */
  public Marks(HakAllocator allocator, long clearedBytes) {
    this.allocator = allocator;
    this.clearedBytes = clearedBytes;
  }

  /** Looks whether what every block promises is cleared; returns the address. */
  public long cleared(long address, long bytes) {
    return cleared(address, bytes, clearedBytes);
  }

  /** Looks whether all bytes are cleared; returns the address. */
  public long allCleared(long address, long bytes) {
    return cleared(address, bytes, bytes);
  }

  private long cleared(long address, long bytes, long expectedBytes) {
    long promised = Math.min(bytes, expectedBytes);
    if (promised > 0) {
      requireCleared(allocator.blockAt(address).asSlice(0, promised), bytes);
    }
    return address;
  }

  /**
   * Looks whether a segment is cleared.
   *
   * @param bytes of its block, for the message
   */
  public static void requireCleared(MemorySegment memory, long bytes) {
    long looked = Math.min(memory.byteSize(), MOST_CLEARED_BYTES);
    long dirty = memory.asSlice(0, looked).mismatch(ZEROS.asSlice(0, looked));
    require(dirty < 0, "clearing at byte " + dirty, memory.address(), bytes);
    boolean last = memory.get(ValueLayout.JAVA_BYTE, memory.byteSize() - 1) == 0;
    require(last, "clearing of the last byte", memory.address(), bytes);
  }

  /** Writes a random mark into a block, and returns it. */
  public long write(long address, long bytes, SplittableRandom random) {
    MemorySegment memory = allocator.blockAt(address);
    require(memory.byteSize() >= bytes, "usable size", address, bytes);
    return write(memory, bytes, random);
  }

  /** The same for a segment of at least so many bytes. */
  public static long write(MemorySegment memory, long bytes, SplittableRandom random) {
    long mark = random.nextLong();
    if (random.nextInt(FULL_ONE_IN) == 0) {
      mark |= 1; // All of it is filled, as far as that is done at all.
    } else {
      mark &= ~1;
    }
    if (bytes < Long.BYTES) {
      memory.asSlice(0, bytes).fill((byte) mark);
      return mark;
    }
    if ((mark & 1) != 0 && bytes <= MOST_FULL_BYTES) {
      for (long at = 0; at + Long.BYTES <= bytes; at += Long.BYTES) {
        memory.set(WORD, at, mark);
      }
    }
    memory.set(WORD, bytes - Long.BYTES, ~mark);
    memory.set(WORD, 0, mark);
    return mark;
  }

  /** Looks whether a block has its mark still. */
  public void check(long address, long bytes, long mark) {
    check(allocator.blockAt(address), bytes, mark);
  }

  /** The same for a segment. */
  public static void check(MemorySegment memory, long bytes, long mark) {
    boolean right = true;
    if (bytes < Long.BYTES) {
      for (long at = 0; at < bytes; at++) {
        right &= memory.get(ValueLayout.JAVA_BYTE, at) == (byte) mark;
      }
    } else {
      right = memory.get(WORD, 0) == mark;
      right &= bytes < 2 * Long.BYTES || memory.get(WORD, bytes - Long.BYTES) == ~mark;
      if ((mark & 1) != 0 && bytes <= MOST_FULL_BYTES) {
        for (long at = 0; at + 2 * Long.BYTES <= bytes; at += Long.BYTES) {
          right &= memory.get(WORD, at) == mark;
        }
      }
    }
    require(right, "contents", memory.address(), bytes);
  }

  /** Looks whether a block that was reallocated begins with its mark, as far as it can. */
  public void checkMoved(long moved, long before, long bytes, long mark) {
    if (Math.min(before, bytes) >= 2 * Long.BYTES) {
      long kept = allocator.blockAt(moved).get(WORD, 0);
      require(kept == mark, "contents after reallocate", moved, bytes);
    }
  }

  /** Throws what names the block if something is not right. */
  static void require(boolean right, String what, long address, long bytes) {
    if (!right) {
      throw new IllegalStateException(
          "wrong %s: block of %d bytes at 0x%x".formatted(what, bytes, address));
    }
  }
}
