package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that change their size, in their place or not. */
final class ReallocationTest {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final int BUFFERS = 8;
  private static final int STEPS = 400;

  private static HakAllocator allocator(String source, String zeroMode, String checks) {
    return HakAllocator.builder()
        .set("HAKMEM_PAGE_SOURCE", source)
        .set("HAKMEM_POOL_ZERO_MODE", zeroMode)
        .set("HAKMEM_CHECKS", checks)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "os, full, on",
    "os, off, on",
    "arena, full, on",
    "os, full, full",
    "os, header, off"
  })
  void reallocate_manyBuffersUpAndDown_keepsWhatIsInThem(
      String source, String zeroMode, String checks) {
    SplittableRandom random = new SplittableRandom(7);
    long[] blocks = new long[BUFFERS];
    long[] bytes = new long[BUFFERS];
    try (HakAllocator pool = allocator(source, zeroMode, checks)) {
      for (int i = 0; i < BUFFERS; i++) {
        bytes[i] = 16;
        blocks[i] = pool.allocate(16);
        mark(pool, blocks[i], 0, 16);
      }
      for (int step = 0; step < STEPS; step++) {
        int at = random.nextInt(BUFFERS);
        long next = 1 + random.nextLong(1L << random.nextInt(4, 24));
        blocks[at] = pool.reallocate(blocks[at], next);
        requireMarks(pool, blocks[at], Math.min(bytes[at], next));
        if (zeroMode.equals("full") && next > bytes[at]) {
          requireZeros(pool, blocks[at], bytes[at], next);
        }
        mark(pool, blocks[at], 0, next);
        bytes[at] = next;
      }
      pool.checkInvariants();
      for (long block : blocks) {
        pool.free(block);
      }
      pool.trim();
      pool.trim();
      assertThat(pool.liveBytes()).isZero();
      assertThat(pool.committedBytes()).isLessThanOrEqualTo(2L * MIB);
    }
  }

  /** Marks every eighth byte: the others stay zero where they are to be cleared. */
  private static void mark(HakAllocator pool, long block, long from, long to) {
    MemorySegment memory = pool.blockAt(block).asSlice(0, to);
    for (long at = from; at < to; at += 8) {
      memory.set(ValueLayout.JAVA_BYTE, at, mark(at));
    }
  }

  private static byte mark(long at) {
    return (byte) (at * 31 + 1 | 1);
  }

  private static void requireMarks(HakAllocator pool, long block, long to) {
    MemorySegment memory = pool.blockAt(block);
    for (long at = 0; at + 8 < to; at += 8) {
      if (memory.get(ValueLayout.JAVA_BYTE, at) != mark(at)) {
        throw new AssertionError("byte %d of %d is lost".formatted(at, to));
      }
    }
  }

  private static void requireZeros(HakAllocator pool, long block, long from, long to) {
    MemorySegment memory = pool.blockAt(block);
    for (long at = from; at < to; at++) {
      if (at % 8 != 0 && memory.get(ValueLayout.JAVA_BYTE, at) != 0) {
        throw new AssertionError("byte %d of %d is not cleared".formatted(at, to));
      }
    }
  }

  @Test
  void reallocate_largeBlockWithRoomBehindIt_staysInItsPlace() {
    try (HakAllocator pool = allocator("os", "off", "on")) {
      long block = pool.allocate(MIB);
      assertThat(pool.reallocate(block, 8L * MIB)).isEqualTo(block);
      assertThat(pool.usableSize(block)).isEqualTo(8L * MIB);
      assertThat(pool.liveBytes()).isEqualTo(8L * MIB);
      assertThat(pool.reallocate(block, 2L * MIB)).isEqualTo(block);
      assertThat(pool.liveBytes()).isEqualTo(2L * MIB);
      long behind = pool.allocate(MIB);
      assertThat(pool.reallocate(block, 64L * MIB)).isNotEqualTo(block);
      assertThat(pool.owns(behind)).isTrue();
    }
  }

  @Test
  void reallocate_growingBuffer_movesSeldom() {
    try (HakAllocator pool = allocator("os", "off", "on")) {
      long block = pool.allocate(64 * KIB);
      int moves = 0;
      for (int size = 128 * KIB; size <= 64 * MIB; size += 64 * KIB) {
        long before = block;
        block = pool.reallocate(block, size);
        moves += block == before ? 0 : 1;
        pool.allocate(600 * KIB); // Somebody else comes behind it.
      }
      assertThat(moves).isLessThan(100);
    }
  }

  @Test
  void reallocate_growthBeyondTheLimit_isRefusedAndChangesNothing() {
    try (HakAllocator pool = HakAllocator.builder().set("HAKMEM_MEMORY_LIMIT", "8MiB").build()) {
      long block = pool.allocate(4L * MIB);
      mark(pool, block, 0, 4L * MIB);
      assertThatThrownBy(() -> pool.reallocate(block, 9L * MIB))
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageContaining("the allocator has 4194304 bytes live");
      requireMarks(pool, block, 4L * MIB);
      assertThat(pool.usableSize(block)).isEqualTo(4L * MIB);
      pool.free(block);
      pool.free(pool.allocate(7L * MIB));
    }
  }

  @Test
  void allocate_aboveThePages_wastesAtMostAnEighth() {
    try (HakAllocator pool = allocator("os", "off", "on")) {
      for (long bytes = 64 * KIB; bytes <= 4L * MIB; bytes += 1000) {
        long block = pool.allocate(bytes);
        assertThat(pool.usableSize(block)).isBetween(bytes, bytes + bytes / 8 + 64);
        pool.free(block);
      }
    }
  }

  @Test
  void allocate_newLargeBlock_isZeroAndNotTouched() {
    try (HakAllocator pool = allocator("os", "full", "on")) {
      long block = pool.allocate(32L * MIB);
      requireZeros(pool, block, 0, MIB);
      mark(pool, block, 0, 32L * MIB);
      pool.free(block);
      long again = pool.allocate(32L * MIB);
      assertThat(again).as("dirty memory, which is cleared").isEqualTo(block);
      requireZeros(pool, again, 0, 32L * MIB);
    }
  }
}
