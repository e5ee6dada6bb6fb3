package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.Stats;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of a whole allocator. */
final class StatsTest {

  private static final int BYTES = 5000;
  private static final long MIB = 1L << 20;

  private static HakAllocator allocator(String... gates) {
    HakAllocator.Builder builder = HakAllocator.builder().profile("THROUGHPUT");
    for (String gate : gates) {
      String[] parts = gate.split("=", 2);
      builder.set(parts[0], parts[1]);
    }
    return builder.build();
  }

  private static Stats.SizeClass classOf(Stats stats, long blockBytes) {
    return stats.sizeClasses().stream()
        .filter(of -> of.blockBytes() == blockBytes)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sizeClass_afterAllocationsAndFrees_hasItsOwnFigures() {
    try (HakAllocator allocator = allocator()) {
      long[] blocks = new long[10];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.allocate(BYTES);
      }
      long blockBytes = allocator.usableSize(blocks[0]);
      for (int i = 0; i < 4; i++) {
        allocator.free(blocks[i]);
      }

      Stats.SizeClass of = classOf(allocator.stats(), blockBytes);
      assertThat(of.box()).isEqualTo("pool-v1");
      assertThat(of.allocations()).isEqualTo(10);
      assertThat(of.frees()).isEqualTo(4);
      assertThat(of.liveBytes()).isEqualTo(6 * blockBytes);
      assertThat(of.pages()).isPositive();
      assertThat((of.liveBytes() + of.cachedBytes()) % (64 << 10)).isZero();
    }
  }

  @Test
  void sizeClass_ofAnEndedThread_keepsItsCountsWhenAdopted() throws InterruptedException {
    try (HakAllocator allocator = allocator()) {
      Thread.ofPlatform().start(() -> allocateFreeAndTrim(allocator)).join();
      long block = allocator.allocate(BYTES);
      allocator.trim();

      Stats.SizeClass of = classOf(allocator.stats(), allocator.usableSize(block));
      assertThat(of.allocations()).isEqualTo(2);
      assertThat(of.frees()).isEqualTo(1);
    }
  }

  /** The page is no more the thread's afterwards, so its heap alone knows of the block. */
  private static void allocateFreeAndTrim(HakAllocator allocator) {
    allocator.free(allocator.allocate(BYTES));
    allocator.trim();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HAKMEM_CHECKS=on",
        "HAKMEM_POOL_V1_FLATTEN_ENABLED=0",
        "HAKMEM_SMALLMID_ENABLE=1",
        "HAKMEM_POOL_V2_ENABLED=1"
      })
  void boxes_inEveryComposition_addUpToTheTotals(String gate) {
    try (HakAllocator allocator = allocator(gate)) {
      long calls = 0;
      long live = 0;
      for (int bytes = 1; bytes < 200_000; bytes += bytes / 3 + 1) {
        allocator.free(allocator.allocate(bytes));
        live += allocator.usableSize(allocator.allocate(bytes));
        calls++;
      }

      Stats stats = allocator.stats();
      assertThat(stats.liveBytes()).isEqualTo(live);
      assertThat(stats.allocations()).isEqualTo(2 * calls);
      assertThat(stats.frees()).isEqualTo(calls);
      assertThat(sum(stats.boxes(), Stats.Box::liveBytes)).isEqualTo(live);
      assertThat(sum(stats.boxes(), Stats.Box::cachedBytes)).isEqualTo(stats.cachedBytes());
      assertThat(sum(stats.boxes(), Stats.Box::allocations)).isEqualTo(2 * calls);
      assertThat(sum(stats.boxes(), Stats.Box::frees)).isEqualTo(calls);
      assertThat(stats.boxes().subList(0, stats.boxes().size() - 1))
          .allSatisfy(box -> assertClassesAddUp(stats, box));
      assertThat(stats.committedBytes())
          .isGreaterThanOrEqualTo(stats.liveBytes() + stats.cachedBytes());
    }
  }

  private static void assertClassesAddUp(Stats stats, Stats.Box box) {
    List<Stats.SizeClass> own =
        stats.sizeClasses().stream().filter(of -> of.box().equals(box.name())).toList();
    assertThat(own.stream().mapToLong(Stats.SizeClass::liveBytes).sum()).isEqualTo(box.liveBytes());
    assertThat(own.stream().mapToLong(Stats.SizeClass::pages).sum()).isEqualTo(box.pages());
    assertThat(own.stream().mapToLong(Stats.SizeClass::allocations).sum())
        .isEqualTo(box.allocations());
    assertThat(own.stream().mapToLong(Stats.SizeClass::frees).sum()).isEqualTo(box.frees());
  }

  private static long sum(List<Stats.Box> boxes, ToLongFunction<Stats.Box> figure) {
    return boxes.stream().mapToLong(figure).sum();
  }

  @Test
  void largeBlocks_whileLive_areABoxOfTheirOwn() {
    try (HakAllocator allocator = allocator()) {
      allocator.allocate(MIB);
      assertThat(allocator.stats().boxes().getLast())
          .isEqualTo(new Stats.Box("large-blocks", 1, MIB, 0, 1, 0));
    }
  }

  @Test
  void fallbacks_always_sayFromWhereToWhereAndWhy() {
    try (HakAllocator allocator = allocator()) {
      long blockBytes = allocator.usableSize(allocator.allocate(BYTES));
      allocator.allocate(MIB);
      allocator.allocate(100, MIB);

      assertThat(allocator.stats().fallbacks())
          .contains(
              new Stats.Fallback("pool-v1-flat", "pool-v1", blockBytes, "bin empty", 1),
              new Stats.Fallback("pool-v1", "large-blocks", 0, "above the last class", 1),
              new Stats.Fallback("pool-v1", "large-blocks", 0, "alignment", 1));
    }
  }

  @Test
  void fallbacks_ofAFront_nameItsNeighbour() {
    try (HakAllocator allocator = allocator("HAKMEM_SMALLMID_ENABLE=1", "HAKMEM_HEAP_PREFILL=0")) {
      allocator.allocate(512);
      assertThat(allocator.stats().fallbacks())
          .contains(new Stats.Fallback("smallmid", "pool-v1-flat", 512, "batches used up", 1));
    }
  }

  @Test
  void fallbacks_ofTheFlattenBoxWhileOff_areNone() {
    try (HakAllocator allocator =
        allocator(
            "HAKMEM_SMALLMID_ENABLE=1",
            "HAKMEM_HEAP_PREFILL=0",
            "HAKMEM_POOL_V1_FLATTEN_ENABLED=0",
            "HAKMEM_POOL_V1_FLATTEN_STATS=1")) {
      allocator.allocate(512);
      assertThat(allocator.stats().fallbacks())
          .extracting(Stats.Fallback::from)
          .containsExactly("smallmid");
    }
  }

  @Test
  void fallbacks_ofPoolV2ForVirtualThreads_countItsBins() throws InterruptedException {
    try (HakAllocator allocator = allocator("HAKMEM_POOL_V2_ENABLED=1")) {
      Thread.ofVirtual().start(() -> allocator.allocate(512)).join();
      assertThat(allocator.stats().fallbacks())
          .contains(new Stats.Fallback("pool-v2", "pool-v1-flat", 512, "bin of no thread", 1));
    }
  }

  @Test
  void refused_byReason_isCounted() {
    try (HakAllocator allocator = allocator()) {
      long block = allocator.allocate(BYTES);
      assertRefused(allocator, 12_345);
      assertRefused(allocator, block + 16);
      assertRefused(allocator, block + 32);
      allocator.free(block);
      assertRefused(allocator, block);
      assertRefused(allocator, block);
      assertRefused(allocator, block);

      assertThat(allocator.stats().refused()).isEqualTo(new Stats.RefusedFrees(1, 2, 3, 0));
      assertThat(allocator.stats().refusedFrees()).isEqualTo(6);
    }
  }

  private static void assertRefused(HakAllocator allocator, long address) {
    assertThatThrownBy(() -> allocator.free(address)).isInstanceOf(InvalidFreeException.class);
  }

  @Test
  void limit_whenHit_isCountedOnceACall() {
    try (HakAllocator allocator = allocator("HAKMEM_MEMORY_LIMIT=1MiB")) {
      assertThat(allocator.stats().limitHits()).isZero();
      assertThatThrownBy(() -> allocator.allocate(2 * MIB))
          .isInstanceOf(OutOfNativeMemoryException.class);
      assertThatThrownBy(() -> fillWith(allocator, BYTES))
          .isInstanceOf(OutOfNativeMemoryException.class);

      Stats stats = allocator.stats();
      assertThat(stats.limitBytes()).isEqualTo(MIB);
      assertThat(stats.outOfMemory()).isEqualTo(2);
      assertThat(stats.limitHits()).isGreaterThanOrEqualTo(2);
      assertThat(stats.peakCommittedBytes()).isLessThanOrEqualTo(MIB);
    }
  }

  private static void fillWith(HakAllocator allocator, long bytes) {
    for (int i = 0; i <= MIB / bytes; i++) {
      allocator.allocate(bytes);
    }
  }

  @Test
  void trim_always_isCountedWithItsBytes() {
    try (HakAllocator allocator = allocator()) {
      allocator.free(allocator.allocate(MIB));
      long bytes = allocator.trim();

      assertThat(bytes).isGreaterThanOrEqualTo(MIB);
      assertThat(allocator.stats().trims()).isEqualTo(1);
      assertThat(allocator.stats().trimmedBytes()).isEqualTo(bytes);
    }
  }
}
