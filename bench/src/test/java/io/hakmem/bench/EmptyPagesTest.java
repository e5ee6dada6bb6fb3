package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A thread keeps its empty pages for a while, and gives them up as soon as they are needed. */
final class EmptyPagesTest {

  private static final int BLOCKS = 10_000;
  private static final int BYTES = 500;
  private static final long MIB = 1 << 20;

  private static HakAllocator allocator(long decayMs, long limitBytes) {
    return HakAllocator.builder()
        .set("HAKMEM_POOL_ZERO_MODE", "off")
        .set("HAKMEM_DECAY_MS", Long.toString(decayMs))
        .set("HAKMEM_MEMORY_LIMIT", Long.toString(limitBytes))
        .build();
  }

  private static void burst(HakAllocator allocator, int bytes) {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = allocator.allocate(bytes);
    }
    for (long block : blocks) {
      allocator.free(block);
    }
  }

  private static long refills(HakAllocator allocator) {
    return Objects.requireNonNull(allocator.stats().counters().get("pool_v1_refills"));
  }

  @Test
  void burst_withinTheDecayTime_findsThePagesOfTheLastOne() {
    try (HakAllocator allocator = allocator(3_600_000, 0)) {
      burst(allocator, BYTES);
      long first = refills(allocator);
      for (int i = 0; i < 20; i++) {
        burst(allocator, BYTES);
      }
      assertThat(refills(allocator)).isEqualTo(first);
    }
  }

  @Test
  void burst_afterTheDecayTime_handedThePagesOn() {
    try (HakAllocator allocator = allocator(0, 0)) {
      burst(allocator, BYTES);
      long first = refills(allocator);
      burst(allocator, BYTES);
      assertThat(refills(allocator)).isGreaterThan(first + BLOCKS * (long) BYTES / (2 << 16));
    }
  }

  @Test
  void burst_ofAnotherSize_takesTheEmptyPages() {
    try (HakAllocator allocator = allocator(3_600_000, 0)) {
      burst(allocator, BYTES);
      long held = allocator.stats().committedBytes();
      burst(allocator, BYTES / 2);
      assertThat(allocator.stats().committedBytes()).isEqualTo(held);
    }
  }

  @Test
  void allocate_largeBlockNearTheLimit_takesTheEmptyPages() {
    try (HakAllocator allocator = allocator(3_600_000, 12 * MIB)) {
      burst(allocator, BYTES);
      long block = allocator.allocate(8 * MIB);
      assertThat(allocator.usableSize(block)).isGreaterThanOrEqualTo(8 * MIB);
      assertThatThrownBy(() -> allocator.allocate(8 * MIB))
          .isInstanceOf(OutOfNativeMemoryException.class);
      allocator.free(block);
    }
  }

  @Test
  void allocate_alignedLargeBlockNearTheLimit_takesTheEmptyPages() {
    try (HakAllocator allocator = allocator(3_600_000, 12 * MIB)) {
      burst(allocator, BYTES);
      long block = allocator.allocate(8 * MIB, MIB);
      assertThat(block % MIB).isZero();
      allocator.free(block);
    }
  }
}
