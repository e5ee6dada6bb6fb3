package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.SettingsException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gates of the smallmid front do in a whole allocator, and what it counts. */
final class SmallmidTest {

  private static final String ENABLE = "HAKMEM_SMALLMID_ENABLE";
  private static final String STATS = "HAKMEM_SMALLMID_STATS";
  private static final String FLATTEN = "HAKMEM_POOL_V1_FLATTEN_ENABLED";
  private static final long PAGE_BYTES = 64 << 10;

  @ParameterizedTest
  @CsvSource({"256, 32", "512, 24", "1024, 16", "256, 5", "512, 1", "1024, 4096"})
  void stackGate_ofEachClass_saysHowManyBlocksABatchHas(long blockBytes, long stack) {
    int pages = 3;
    long capacity = PAGE_BYTES / blockBytes;
    try (HakAllocator allocator =
        builder().set("HAKMEM_SMALLMID_BATCH_" + blockBytes, Long.toString(stack)).build()) {
      List<Long> blocks = allocate(allocator, blockBytes, pages * capacity);
      long stacksOfAPage = (capacity + stack - 1) / stack;
      assertThat(allocator.stats().counters())
          .as("a page's first stack comes with the page")
          .containsEntry("smallmid_batches", pages * (stacksOfAPage - 1))
          .containsEntry("smallmid_miss_" + blockBytes, (long) pages);
      blocks.forEach(allocator::free);
      assertAllBack(allocator);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void hits_withFlattenOnOrOff_reachNoBox(String flatten) {
    try (HakAllocator allocator = builder().set(FLATTEN, flatten).build()) {
      for (int i = 0; i < 10_000; i++) {
        allocator.free(allocator.allocate(500));
      }
      assertThat(allocator.stats().counters())
          .containsEntry("smallmid_batches", 0L)
          .containsEntry("smallmid_miss_512", 1L);
      assertThat(allocator.stats().allocations()).isEqualTo(10_000);
      assertThat(allocator.stats().frees()).isEqualTo(10_000);
    }
  }

  @Test
  void otherSizes_always_passTheFrontBy() {
    try (HakAllocator allocator = builder().build()) {
      for (long bytes : new long[] {16, 240, 257, 480, 513, 960, 1025, 30_000}) {
        allocate(allocator, bytes, 100).forEach(allocator::free);
      }
      assertThat(allocator.stats().counters())
          .containsEntry("smallmid_batches", 0L)
          .containsEntry("smallmid_miss_256", 0L)
          .containsEntry("smallmid_miss_512", 0L)
          .containsEntry("smallmid_miss_1024", 0L);
    }
  }

  @Test
  void counters_notAskedForOrFrontOff_areNone() {
    for (Map<String, String> gates :
        List.of(Map.of(ENABLE, "1"), Map.of(ENABLE, "0", STATS, "1"))) {
      HakAllocator.Builder builder = HakAllocator.builder();
      gates.forEach(builder::set);
      try (HakAllocator allocator = builder.build()) {
        allocator.free(allocator.allocate(256));
        assertThat(allocator.stats().counters().keySet())
            .noneMatch(name -> name.startsWith("smallmid_"));
      }
    }
  }

  @Test
  void prefill_ofANewHeap_stacksABatchWithoutAMiss() {
    try (HakAllocator allocator = builder().set("HAKMEM_HEAP_PREFILL", "1KiB").build()) {
      allocate(allocator, 256, 33).forEach(allocator::free);
      assertThat(allocator.stats().counters())
          .containsEntry("smallmid_batches", 1L)
          .containsEntry("smallmid_miss_256", 0L);
    }
  }

  @Test
  void blocksOfLaterBatches_always_areClearedLikeOthers() {
    try (HakAllocator allocator = builder().set("HAKMEM_POOL_ZERO_MODE", "full").build()) {
      for (int round = 0; round < 2; round++) {
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
          MemorySegment block = allocator.segment(256);
          assertThat(block.mismatch(MemorySegment.ofArray(new byte[256]))).isEqualTo(-1);
          block.fill((byte) 7);
          assertThat(block.get(ValueLayout.JAVA_BYTE, 255)).isEqualTo((byte) 7);
          blocks.add(block.address());
        }
        blocks.forEach(allocator::free);
      }
    }
  }

  @Test
  void endedThreads_withUsedUpStacks_leaveTheirPagesToOthers() throws InterruptedException {
    try (HakAllocator allocator = builder().build()) {
      List<Long> blocks = new ArrayList<>();
      Thread mortal = new Thread(() -> blocks.addAll(allocate(allocator, 256, 32)));
      mortal.start();
      mortal.join();
      long committed = allocator.stats().committedBytes();
      blocks.addAll(allocate(allocator, 256, PAGE_BYTES / 256 - 32));
      assertThat(allocator.stats().committedBytes()).isEqualTo(committed);
      assertThat(allocator.stats().counters())
          .containsEntry("smallmid_batches", 0L)
          .containsEntry("smallmid_miss_256", 2L);
      blocks.forEach(allocator::free);
      assertAllBack(allocator);
    }
  }

  @Test
  void free_ofABlockThatNoBatchStacked_isRefused() {
    try (HakAllocator allocator = builder().build()) {
      long block = allocator.allocate(256);
      long unused = block + PAGE_BYTES - 256;
      assertThatThrownBy(() -> allocator.free(unused)).isInstanceOf(InvalidFreeException.class);
      allocator.free(block);
      assertAllBack(allocator);
    }
  }

  @Test
  void originalClasses_haveNoneOfTheSizes_areRefused() {
    HakAllocator.Builder builder = builder().set("HAKMEM_POOL_CLASSES", "original");
    assertThatThrownBy(builder::build)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "HAKMEM_SMALLMID_ENABLE=1, set by builder, needs blocks of [256, 512, 1024] B")
        .hasMessageContaining(" has [2048, ")
        .hasMessageEndingWith(" set HAKMEM_POOL_CLASSES=fine or HAKMEM_SMALLMID_ENABLE=0");
  }

  private static HakAllocator.Builder builder() {
    return HakAllocator.builder()
        .profile("LEGACY")
        .set(ENABLE, "1")
        .set(STATS, "1")
        .set("HAKMEM_HEAP_PREFILL", "0")
        .set("HAKMEM_POOL_ZERO_MODE", "off");
  }

  private static List<Long> allocate(HakAllocator allocator, long bytes, long blocks) {
    List<Long> allocated = new ArrayList<>();
    for (long i = 0; i < blocks; i++) {
      allocated.add(allocator.allocate(bytes));
    }
    return allocated;
  }

  private static void assertAllBack(HakAllocator allocator) {
    allocator.trim();
    assertThat(allocator.stats().liveBytes()).isZero();
    assertThat(allocator.stats().cachedBytes()).isZero();
  }
}
