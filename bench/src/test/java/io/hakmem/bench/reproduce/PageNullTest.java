package io.hakmem.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why phase 81's fallbacks cannot occur here: an address finds its page wherever it lies in it. */
final class PageNullTest {

  private static final int BLOCKS = 4000;

  @ParameterizedTest
  @ValueSource(ints = {257, 500, 768, 8192})
  void free_everyBlockOfManyPages_findsItsPage(int bytes) {
    try (HakAllocator allocator = counting()) {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < BLOCKS; i++) {
        blocks.add(allocator.allocate(bytes));
      }
      blocks.forEach(allocator::free);
      assertThat(allocator.stats().counters())
          .containsEntry("pool_v1_flat_page_null", 0L)
          .containsEntry("pool_v1_flat_free_fb", 0L)
          .containsEntry("pool_v1_flat_free_tls_hit", (long) BLOCKS);
    }
  }

  @Test
  void gates_always_haveNoneThatLeavesAddressesAsTheyAre() {
    try (HakAllocator allocator = counting()) {
      assertThat(allocator.composition().gates())
          .isNotEmpty()
          .noneMatch(gate -> gate.name().contains("NORMAL"));
    }
  }

  private static HakAllocator counting() {
    return HakAllocator.builder()
        .set("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1")
        .set("HAKMEM_POOL_V1_FLATTEN_STATS", "1")
        .build();
  }
}
