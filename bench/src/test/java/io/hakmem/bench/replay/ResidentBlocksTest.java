package io.hakmem.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.bench.workload.Memory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Residency is that of the allocator's own mappings, whatever else the process does. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's list of mappings is Linux'")
final class ResidentBlocksTest {

  private static final int BLOCKS = 1000;
  private static final int BYTES = 16 << 10;
  private static final long FILLED = (long) BLOCKS * BYTES;

  private static HakAllocator allocator(String hugePagesFrom) {
    return HakAllocator.builder()
        .set("HAKMEM_PAGE_SOURCE", "os")
        .set("HAKMEM_POOL_ZERO_MODE", "off")
        .set("HAKMEM_HUGE_PAGES_FROM", hugePagesFrom)
        .build();
  }

  @Test
  void bytes_blocksFilledOneByOne_isWhatWasFilled() {
    ResidentBlocks resident = new ResidentBlocks();
    long[] addresses = new long[BLOCKS];
    int[] sizes = new int[BLOCKS];
    Arrays.fill(sizes, BYTES);
    try (HakAllocator allocator = allocator("1024GiB")) {
      for (int i = 0; i < BLOCKS; i++) {
        addresses[i] = allocator.allocate(BYTES);
      }
      assertThat(resident.bytes(addresses, sizes)).isLessThan(FILLED / 4);
      for (long address : addresses) {
        Memory.fill(address, BYTES, 1);
      }
      assertThat(resident.bytes(addresses, sizes)).isBetween(FILLED, FILLED + FILLED / 8);
      for (long address : addresses) {
        allocator.free(address);
      }
      assertThat(resident.bytes(new long[BLOCKS], sizes))
          .as("mappings that held blocks count on")
          .isGreaterThan(FILLED / 2);
    }
  }
}
