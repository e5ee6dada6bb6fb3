package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks above 64 KiB, of which some are zero as the system gave them, and others are used. */
final class ZeroedLargeBlocksTest {

  private static final int SLOTS = 40;
  private static final int STEPS = 3_000;
  private static final int LEAST = 60 << 10;
  private static final int MOST = 300 << 10;
  private static final int TRIM_ONE_IN = 200;

  private final SplittableRandom random = new SplittableRandom(5);
  private final long[] blocks = new long[SLOTS];

  @ParameterizedTest
  @CsvSource({"os, full", "os, off", "arena, full", "arena, off"})
  void allocate_someBlocksNewAndSomeUsed_allAreZero(String source, String zeroMode) {
    try (HakAllocator pool =
        HakAllocator.builder()
            .set("HAKMEM_PAGE_SOURCE", source)
            .set("HAKMEM_POOL_ZERO_MODE", zeroMode)
            .build()) {
      for (int step = 0; step < STEPS; step++) {
        step(pool, zeroMode.equals("full"));
      }
    }
  }

  private void step(HakAllocator pool, boolean allAreZero) {
    int slot = random.nextInt(SLOTS);
    if (blocks[slot] != 0) {
      pool.free(blocks[slot]);
    }
    long bytes = random.nextLong(LEAST, MOST);
    boolean isZero = allAreZero || random.nextBoolean();
    boolean asks = !allAreZero && isZero;
    blocks[slot] = asks ? pool.allocateZeroed(bytes) : pool.allocate(bytes);
    MemorySegment memory = pool.blockAt(blocks[slot]);
    if (isZero) {
      assertThat(memory.mismatch(MemorySegment.ofArray(new byte[(int) memory.byteSize()])))
          .as("first byte that is not zero of %d", bytes)
          .isEqualTo(-1);
    }
    if (random.nextBoolean()) {
      memory.fill((byte) 1);
    }
    if (random.nextInt(TRIM_ONE_IN) == 0) {
      pool.trim();
    }
  }
}
