package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the gates of the flatten box do, and that its counters add up. */
final class FlattenTest {

  private static final String ENABLED = "HAKMEM_POOL_V1_FLATTEN_ENABLED";
  private static final String STATS = "HAKMEM_POOL_V1_FLATTEN_STATS";
  private static final int OPERATIONS = 50_000;

  /** Its blocks are the tiny front's. */
  private static final long FRONT_BYTES = 1024;

  @Test
  void counters_ofOneThread_addUpAndNameNoForeignOwner() {
    try (HakAllocator allocator = allocator("1", "1")) {
      int operations = churn(allocator);
      Map<String, Long> counters = allocator.stats().counters();
      assertThat(count(counters, "alloc_tls_hit") + count(counters, "alloc_fb"))
          .isEqualTo(operations);
      assertThat(count(counters, "free_tls_hit") + count(counters, "free_fb"))
          .isEqualTo(operations);
      assertThat(count(counters, "alloc_tls_hit")).isGreaterThan(operations * 9L / 10);
      assertThat(count(counters, "not_mine")).isZero();
      assertReasonsAddUp(counters);
    }
  }

  @Test
  void freesOfAnotherBoxesBlocks_areNoFallbacks() throws InterruptedException {
    try (HakAllocator allocator = allocator("1", "1", "C7_SAFE")) {
      long block = allocator.allocate(FRONT_BYTES);
      Thread other = new Thread(() -> allocator.free(block));
      other.start();
      other.join();
      Map<String, Long> counters = allocator.stats().counters();
      assertThat(count(counters, "alloc_tls_hit") + count(counters, "alloc_fb")).isZero();
      assertThat(count(counters, "free_tls_hit") + count(counters, "free_fb")).isZero();
    }
  }

  @Test
  void counters_withFlattenOff_areZero() {
    try (HakAllocator allocator = allocator("0", "1")) {
      churn(allocator);
      Map<String, Long> counters = allocator.stats().counters();
      assertThat(counters.entrySet())
          .filteredOn(entry -> entry.getKey().startsWith("pool_v1_flat_"))
          .hasSize(9)
          .allSatisfy(entry -> assertThat(entry.getValue()).isZero());
      assertThat(allocator.stats().allocations()).isEqualTo(OPERATIONS);
    }
  }

  @Test
  void counters_notAskedFor_areNone() {
    try (HakAllocator allocator = allocator("1", "0")) {
      churn(allocator);
      assertThat(allocator.stats().counters().keySet())
          .noneMatch(name -> name.startsWith("pool_v1_flat_"));
      assertThat(allocator.boxLines()).isEmpty();
    }
  }

  @Test
  void freesOfAnotherThread_areCountedAsForeign() throws InterruptedException {
    try (HakAllocator allocator = allocator("1", "1")) {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        blocks.add(allocator.allocate(100));
      }
      Thread other = new Thread(() -> blocks.forEach(allocator::free));
      other.start();
      other.join();
      Map<String, Long> counters = allocator.stats().counters();
      assertThat(count(counters, "not_mine_foreign_owner")).isEqualTo(1000);
      assertThat(count(counters, "free_fb")).isEqualTo(1000);
      assertReasonsAddUp(counters);
    }
  }

  @Test
  void refusedFrees_areCountedByTheirReason() {
    try (HakAllocator allocator = allocator("1", "1")) {
      long block = allocator.allocate(100);
      assertThatThrownBy(() -> allocator.free(16)).isInstanceOf(InvalidFreeException.class);
      assertThatThrownBy(() -> allocator.free(block + 16)).isInstanceOf(InvalidFreeException.class);
      Map<String, Long> counters = allocator.stats().counters();
      assertThat(count(counters, "page_null")).isEqualTo(1);
      assertThat(count(counters, "other")).isEqualTo(1);
      assertReasonsAddUp(counters);
    }
  }

  @Test
  void statisticsLine_always_hasTheOriginalsForm() {
    try (HakAllocator allocator = allocator("1", "1")) {
      allocator.free(allocator.allocate(100));
      assertThat(allocator.boxLines())
          .containsExactly(
              "[POOL_V1_FLAT] alloc_tls_hit=1 alloc_fb=0 free_tls_hit=1 free_fb=0"
                  + " page_null=0 not_mine=0 other=0");
    }
    try (HakAllocator allocator = allocator("0", "1")) {
      allocator.free(allocator.allocate(100));
      assertThat(allocator.boxLines())
          .containsExactly(
              "[POOL_V1_FLAT] alloc_tls_hit=0 alloc_fb=0 free_tls_hit=0 free_fb=0"
                  + " page_null=0 not_mine=0 other=0");
    }
  }

  /** Without the tiny front, so that the pool serves every operation. */
  private static HakAllocator allocator(String enabled, String stats) {
    return allocator(enabled, stats, "LEGACY");
  }

  private static HakAllocator allocator(String enabled, String stats, String profile) {
    return HakAllocator.builder()
        .set(ENABLED, enabled)
        .set(STATS, stats)
        .set("HAKMEM_POOL_ZERO_MODE", "off")
        .set("HAKMEM_TINY_HEAP_PROFILE", profile)
        .build();
  }

  /** As many frees as allocations; returns how many. */
  private static int churn(HakAllocator allocator) {
    SplittableRandom random = new SplittableRandom(1);
    long[] slots = new long[200];
    for (int i = 0; i < OPERATIONS; i++) {
      int slot = random.nextInt(slots.length);
      if (slots[slot] != 0) {
        allocator.free(slots[slot]);
      }
      slots[slot] = allocator.allocate(1 + random.nextInt(4000));
    }
    for (long block : slots) {
      if (block != 0) {
        allocator.free(block);
      }
    }
    return OPERATIONS;
  }

  private static long count(Map<String, Long> counters, String name) {
    return counters.getOrDefault("pool_v1_flat_" + name, -1L);
  }

  private static void assertReasonsAddUp(Map<String, Long> counters) {
    assertThat(
            count(counters, "page_null") + count(counters, "not_mine") + count(counters, "other"))
        .isEqualTo(count(counters, "free_fb"));
    assertThat(count(counters, "not_mine_foreign_owner") + count(counters, "not_mine_cache_off"))
        .isEqualTo(count(counters, "not_mine"));
  }
}
