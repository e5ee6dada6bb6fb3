package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gates of pool v2 do in a whole allocator, and what it leaves to pool v1. */
final class PoolV2Test {

  private static final int OPERATIONS = 20_000;
  private static final int MOST_BYTES = 8 << 10;

  @ParameterizedTest
  @CsvSource({"1,1,0,1", "1,0,1,1", "0,1,0,0", "0,0,1,0"})
  void counters_ofOneThread_showTheWay(
      String blockToUser, String fastPath, long allAsked, long headers) {
    try (HakAllocator allocator = allocator(blockToUser, fastPath)) {
      churn(allocator);
      Map<String, Long> counters = allocator.stats().counters();
      if (allAsked == 1) {
        assertThat(count(counters, "asked")).isEqualTo(OPERATIONS);
      } else {
        assertThat(count(counters, "asked")).isLessThan(OPERATIONS / 2);
      }
      assertThat(count(counters, "header_frees")).isEqualTo(headers * OPERATIONS);
      assertThat(count(counters, "directory_frees"))
          .isEqualTo(allAsked * (1 - headers) * OPERATIONS);
      assertThat(count(counters, "fallbacks")).isZero();
      assertThat(allocator.stats().allocations()).isEqualTo(OPERATIONS);
      assertThat(allocator.stats().frees()).isEqualTo(OPERATIONS);
      assertEverythingIsBack(allocator);
    }
  }

  @Test
  void enabled_byDefault_isOff() {
    try (HakAllocator allocator = HakAllocator.create()) {
      assertThat(allocator.stats().counters().keySet())
          .noneMatch(name -> name.startsWith("pool_v2_"));
    }
  }

  @Test
  void badFrees_withHeaders_areRefused() {
    try (HakAllocator allocator = allocator("1", "1")) {
      long block = allocator.allocate(100);
      for (long bad : new long[] {0, 16, block + 16, block - 16, block + 1, -block}) {
        assertThatThrownBy(() -> allocator.free(bad)).isInstanceOf(InvalidFreeException.class);
      }
      allocator.free(block);
      assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(InvalidFreeException.class);
      assertEverythingIsBack(allocator);
    }
  }

  @Test
  void virtualThreads_always_areServedByPoolV1() throws InterruptedException {
    try (HakAllocator allocator = allocator("1", "1")) {
      long mine = allocator.allocate(100);
      Thread.ofVirtual()
          .start(
              () -> {
                allocator.free(allocator.allocate(100));
                allocator.free(mine);
              })
          .join();
      Map<String, Long> counters = allocator.stats().counters();
      assertThat(count(counters, "fallback_no_thread")).isPositive();
      assertThat(count(counters, "fallbacks")).isEqualTo(count(counters, "fallback_no_thread"));
      assertThat(allocator.stats().remoteFrees()).isEqualTo(1);
      assertEverythingIsBack(allocator);
    }
  }

  @Test
  void free_everyByteAroundABlock_isRefused() {
    try (HakAllocator allocator = allocator("1", "1")) {
      long block = allocator.allocate(100);
      long page = block & -65_536;
      for (long address = page; address < block + 100; address++) {
        if (address != block) {
          long bad = address;
          assertThatThrownBy(() -> allocator.free(bad)).isInstanceOf(InvalidFreeException.class);
        }
      }
      allocator.free(block);
    }
  }

  /** The pool hands the bins of shared heaps on, so the front must not ask it for them. */
  @Test
  void virtualThreads_behindAFront_giveAllPagesBack() throws InterruptedException {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_POOL_V2_ENABLED", "1")
            .set("HAKMEM_SMALLMID_ENABLE", "1")
            .build()) {
      Thread.ofVirtual()
          .start(
              () -> {
                List<Long> blocks = new ArrayList<>();
                for (int i = 0; i < 3000; i++) {
                  blocks.add(allocator.allocate(256));
                }
                blocks.forEach(allocator::free);
              })
          .join();
      allocator.trim();
      assertThat(allocator.stats().committedBytes()).isZero();
    }
  }

  /** The front takes classes away from the pool, whose others keep their numbers. */
  @Test
  void allocate_beyondTheLimitBehindAFront_isOutOfMemory() {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_POOL_V2_ENABLED", "1")
            .set("HAKMEM_SMALLMID_ENABLE", "1")
            .set("HAKMEM_MEMORY_LIMIT", "1MiB")
            .build()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  allocator.allocate(60_000);
                }
              })
          .isInstanceOf(OutOfNativeMemoryException.class);
    }
  }

  /** Both pools have pages of the dead heap, with remote frees before and after each adoption. */
  @ParameterizedTest
  @CsvSource({"100,20000", "20000,100"})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void deadHeap_ofTwoPools_isAdoptedByEachAtItsTime(int first, int second) throws Exception {
    try (HakAllocator allocator = allocator("1", "1")) {
      List<Long> blocks = new ArrayList<>();
      Thread owner =
          new Thread(
              () -> {
                for (int i = 0; i < 40; i++) {
                  blocks.add(allocator.allocate(i % 2 == 0 ? first : second));
                }
              });
      owner.start();
      owner.join();
      blocks.subList(0, 10).forEach(allocator::free);
      List<Long> more = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        more.add(allocator.allocate(first));
      }
      blocks.subList(10, 30).forEach(allocator::free);
      allocator.trim();
      blocks.subList(30, 40).forEach(allocator::free);
      more.forEach(allocator::free);
      Stats stats = allocator.stats();
      assertThat(stats.frees()).isEqualTo(stats.allocations());
      assertEverythingIsBack(allocator);
    }
  }

  @Test
  void memoryLimit_belowAnExtent_isServedByThePage() {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_POOL_V2_ENABLED", "1")
            .set("HAKMEM_MEMORY_LIMIT", "256KiB")
            .build()) {
      long block = allocator.allocate(100);
      assertThat(allocator.stats().committedBytes()).isLessThanOrEqualTo(256 << 10);
      allocator.free(block);
      assertThat(count(allocator.stats().counters(), "header_frees")).isEqualTo(1);
      assertEverythingIsBack(allocator);
    }
  }

  private static HakAllocator allocator(String blockToUser, String fastPath) {
    return HakAllocator.builder()
        .profile("LEGACY")
        .set("HAKMEM_POOL_V2_ENABLED", "1")
        .set("HAKMEM_POOL_V2_BLOCK_TO_USER", blockToUser)
        .set("HAKMEM_POOL_V2_TLS_FAST_PATH", fastPath)
        .set("HAKMEM_POOL_ZERO_MODE", "off")
        .build();
  }

  private static void churn(HakAllocator allocator) {
    SplittableRandom random = new SplittableRandom(1);
    long[] slots = new long[200];
    for (int i = 0; i < OPERATIONS; i++) {
      int slot = random.nextInt(slots.length);
      if (slots[slot] != 0) {
        allocator.free(slots[slot]);
      }
      slots[slot] = allocator.allocate(1 + random.nextInt(MOST_BYTES));
    }
    for (long block : slots) {
      if (block != 0) {
        allocator.free(block);
      }
    }
  }

  private static void assertEverythingIsBack(HakAllocator allocator) {
    allocator.trim();
    assertThat(allocator.stats().liveBytes()).isZero();
    assertThat(allocator.stats().cachedBytes()).isZero();
  }

  private static long count(Map<String, Long> counters, String name) {
    return counters.getOrDefault("pool_v2_" + name, -1L);
  }
}
