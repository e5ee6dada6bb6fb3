package io.hakmem.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Random operations from several threads against blocks full of patterns: nothing overlaps, nothing
 * is lost. {@code -Dmodel.seed=N} repeats a run as far as threads can be repeated.
 */
@Tag("slow")
final class ModelTest {

  private static final long SEED =
      Long.getLong("model.seed", ThreadLocalRandom.current().nextLong());
  private static final int STEPS = 25_000;
  private static final int SLOTS = 700;

  @SuppressWarnings("UnusedVariable") // Named by the test that it feeds.
  private static final List<String> COMPOSITIONS =
      List.of(
          "",
          "HAKMEM_PAGE_SOURCE=arena",
          "HAKMEM_CHECKS=off",
          "HAKMEM_POOL_ZERO_MODE=off",
          "HAKMEM_POOL_CLASSES=original",
          "HAKMEM_HEAP_EMPTY_PAGES=1 HAKMEM_DECAY_MS=0",
          "HAKMEM_HEAP_EMPTY_PAGES=1000 HAKMEM_HEAP_PREFILL=0",
          "HAKMEM_MID_DESC_CACHE_ENABLED=1",
          "HAKMEM_SMALLMID_ENABLE=1 HAKMEM_SMALLMID_STATS=1",
          "HAKMEM_SMALLMID_ENABLE=1 HAKMEM_SMALLMID_BATCH_512=3 HAKMEM_HEAP_EMPTY_PAGES=1 HAKMEM_DECAY_MS=0",
          "HAKMEM_SMALL_HEAP_V3_CLASSES=0xFF",
          "HAKMEM_POOL_V2_ENABLED=1",
          "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_TLS_FAST_PATH=0 HAKMEM_CHECKS=off",
          "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_BLOCK_TO_USER=0 HAKMEM_HEAP_EMPTY_PAGES=1 HAKMEM_DECAY_MS=0",
          "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_BLOCK_TO_USER=0 HAKMEM_POOL_V2_TLS_FAST_PATH=0",
          "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_DECAY_MS=0 HAKMEM_LARGE_MAPPING_BYTES=64KiB",
          "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V1_FLATTEN_ENABLED=1",
          "HAKMEM_DECAY_MS=0 HAKMEM_COMMIT_BYTES=64KiB HAKMEM_LARGE_MAPPING_BYTES=64KiB",
          "HAKMEM_PROFILE=LEGACY",
          "HAKMEM_PROFILE=C7_SAFE",
          "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1",
          "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1_FLATTEN",
          "HAKMEM_PROFILE=MIXED_TINYV3_C7_SAFE",
          "HAKMEM_PROFILE=THROUGHPUT");

  @ParameterizedTest
  @FieldSource("COMPOSITIONS")
  void randomOperations_fromSeveralThreads_keepEveryBlock(String gates) throws Exception {
    HakAllocator.Builder builder = HakAllocator.builder();
    for (String gate : gates.isEmpty() ? new String[0] : gates.split(" ", -1)) {
      builder.set(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    try (HakAllocator allocator = builder.build()) {
      Exchange exchange = new Exchange(allocator, isClearedBy(gates), SLOTS);
      exchange.run(SEED, STEPS);
      runOn(Executors.newFixedThreadPool(4), exchange, 4);
      runOn(Executors.newVirtualThreadPerTaskExecutor(), exchange, 40);
      exchange.drain();
      assertEverythingIsBack(allocator);
    }
  }

  private static boolean isClearedBy(String gates) {
    return Stream.of("ZERO_MODE", "POOLV1_FLATTEN", "THROUGHPUT").noneMatch(gates::contains);
  }

  private static void runOn(ExecutorService threads, Exchange exchange, int tasks)
      throws InterruptedException, ExecutionException {
    try (threads) {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        long seed = SEED + i;
        parts.add(threads.submit(() -> exchange.run(seed, 4 * STEPS / tasks)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new ExecutionException("seed " + SEED, e);
    }
  }

  /** The ended threads' heaps are adopted by whoever misses next. */
  private static void assertEverythingIsBack(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      blocks.add(allocator.allocate(40));
    }
    blocks.forEach(allocator::free);
    allocator.trim();
    assertThat(allocator.stats().liveBytes()).as("seed %d", SEED).isZero();
    assertThat(allocator.stats().committedBytes()).as("seed %d", SEED).isLessThan(1 << 20);
    assertThat(allocator.stats().refusedFrees()).isZero();
  }

  @Test
  void garbage_freedFromEightThreads_isRefusedAndHarmsNobody() throws Exception {
    try (HakAllocator allocator = HakAllocator.create()) {
      long mine = allocator.allocate(100);
      Exchange exchange = new Exchange(allocator, true, SLOTS);
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        List<Future<?>> parts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          long seed = SEED + i;
          parts.add(threads.submit(() -> freeGarbage(allocator, mine, 20_000)));
          parts.add(threads.submit(() -> exchange.run(seed, STEPS)));
        }
        for (Future<?> part : parts) {
          part.get();
        }
      }
      assertThat(allocator.stats().refusedFrees()).isEqualTo(8 * 20_000);
      allocator.free(mine);
      exchange.drain();
      assertEverythingLive(allocator);
    }
  }

  private static void freeGarbage(HakAllocator allocator, long near, int times) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < times; i++) {
      long garbage = i % 2 == 0 ? random.nextLong() | 1 : near + 1 + random.nextInt(90);
      assertThatThrownBy(() -> allocator.free(garbage)).isInstanceOf(InvalidFreeException.class);
    }
  }

  private static void assertEverythingLive(HakAllocator allocator) {
    long before = allocator.stats().refusedFrees();
    long block = allocator.allocate(100);
    allocator.free(block);
    assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(InvalidFreeException.class);
    assertThat(allocator.stats().refusedFrees()).isEqualTo(before + 1);
  }
}
