package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each gate of the tiny front does to a whole allocator, seen in its counters. */
final class TinyFrontTest {

  private static final String MASK = "HAKMEM_SMALL_HEAP_V3_CLASSES";
  private static final String ALL_CLASSES = MASK + "=0xFF ";
  private static final int OPERATIONS = 20_000;
  private static final int C7 = 1024;

  @Test
  void defaults_ofC7_areHits() {
    try (HakAllocator allocator = allocator("")) {
      churn(allocator, C7);
      assertThat(count(allocator, "alloc_hit") + count(allocator, "alloc_asked"))
          .isEqualTo(OPERATIONS);
      assertThat(count(allocator, "alloc_hit")).isGreaterThan(OPERATIONS * 9L / 10);
      assertThat(count(allocator, "free_hit")).isEqualTo(OPERATIONS);
      assertThat(count(allocator, "free_asked")).isZero();
      assertThat(count(allocator, "classified_slow")).isZero();
    }
  }

  @Test
  void defaults_ofOtherSizes_goToTheNextBox() {
    try (HakAllocator allocator = allocator("")) {
      churn(allocator, 512);
      assertThat(count(allocator, "alloc_hit") + count(allocator, "alloc_asked")).isZero();
      assertThat(allocator.stats().allocations()).isEqualTo(OPERATIONS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HAKMEM_TINY_HEAP_PROFILE=LEGACY",
        "HAKMEM_SMALL_HEAP_V3_ENABLED=0",
        "HAKMEM_TINY_HEAP_PROFILE=LEGACY " + MASK + "=0",
      })
  void frontThatIsOut_always_servesNothing(String gates) {
    try (HakAllocator allocator = allocator(gates)) {
      churn(allocator, C7);
      assertThat(allocator.composition().box("tiny-front")).isEmpty();
      assertThat(allocator.stats().counters().keySet())
          .noneMatch(name -> name.startsWith("tiny_front_"));
      assertThat(allocator.stats().allocations()).isEqualTo(OPERATIONS);
    }
  }

  @ParameterizedTest
  @CsvSource({"C7_SAFE, true", "LEGACY, false"})
  void profile_always_saysWhetherTheFrontTakesPart(String profile, boolean present) {
    try (HakAllocator allocator = HakAllocator.builder().profile(profile).build()) {
      assertThat(allocator.composition().box("tiny-front").isPresent()).isEqualTo(present);
    }
  }

  @Test
  void mask_ofC3Alone_servesItsSizeOnly() {
    try (HakAllocator allocator = allocator(MASK + "=0x08")) {
      churn(allocator, C7);
      assertThat(count(allocator, "alloc_hit")).isZero();
      churn(allocator, 64);
      assertThat(count(allocator, "alloc_hit")).isGreaterThan(OPERATIONS * 9L / 10);
    }
  }

  @Test
  void mask_withoutAClass_isRefusedWithGateValueAndRange() {
    assertThatThrownBy(() -> allocator(MASK + "=0x0"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            MASK
                + "=0x0, set by builder, must be in [0x1, 0xff] while the tiny front takes part,"
                + " which HAKMEM_SMALL_HEAP_V3_ENABLED=0 ends");
  }

  @Test
  void c7Hot_off_asksForEachOperationOfC7() {
    try (HakAllocator allocator = allocator(ALL_CLASSES + "HAKMEM_TINY_C7_HOT=0")) {
      churn(allocator, C7);
      assertAsked(allocator, OPERATIONS);
      churn(allocator, 128);
      assertThat(count(allocator, "free_asked")).isEqualTo(OPERATIONS);
      assertThat(count(allocator, "alloc_hit")).isGreaterThan(OPERATIONS * 9L / 10);
    }
  }

  @Test
  void frontV3_off_asksForEachOperationBelowC7() {
    try (HakAllocator allocator = allocator(ALL_CLASSES + "HAKMEM_TINY_FRONT_V3_ENABLED=0")) {
      churn(allocator, 128);
      assertAsked(allocator, OPERATIONS);
      churn(allocator, C7);
      assertThat(count(allocator, "free_asked")).isEqualTo(OPERATIONS);
      assertThat(count(allocator, "alloc_hit")).isGreaterThan(OPERATIONS * 9L / 10);
    }
  }

  @Test
  void table_off_isRefused() {
    assertThatThrownBy(() -> allocator("HAKMEM_TINY_FRONT_V3_LUT_ENABLED=0"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "HAKMEM_TINY_FRONT_V3_LUT_ENABLED=0, set by builder, must be one of 1, on, true:"
                + " it cannot be off here");
  }

  @Test
  void fastClassify_off_classifiesEachFreeSlowly() {
    try (HakAllocator allocator = allocator("HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED=0")) {
      churn(allocator, C7);
      assertThat(count(allocator, "classified_slow")).isEqualTo(OPERATIONS);
      assertThat(count(allocator, "free_hit")).isZero();
      assertThat(count(allocator, "alloc_hit")).isGreaterThan(OPERATIONS * 9L / 10);
    }
  }

  @Test
  void hotHeapV2_on_refillsLessOften() {
    assertThat(refillsOfWaves("HAKMEM_TINY_HOTHEAP_V2=1"))
        .isLessThan(refillsOfWaves("HAKMEM_TINY_HOTHEAP_V2=0"));
  }

  private static long refillsOfWaves(String gates) {
    try (HakAllocator allocator =
        allocator(gates + " HAKMEM_HEAP_EMPTY_PAGES=1 HAKMEM_DECAY_MS=0")) {
      for (int wave = 0; wave < 100; wave++) {
        allocate(allocator, 400).forEach(allocator::free);
      }
      return count(allocator, "refills");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false"})
  void larsonFix_always_saysWhetherRemoteFreesAreTakenBackBeforeATrim(String fix, boolean before)
      throws InterruptedException {
    try (HakAllocator allocator = allocator("HAKMEM_TINY_LARSON_FIX=" + fix)) {
      int blocks = 10_000;
      freeByAnotherThread(allocator, allocate(allocator, blocks));
      List<Long> more = allocate(allocator, blocks);
      long drained = count(allocator, "drained");
      assertThat(drained).isEqualTo(before ? blocks : 0);
      assertThat(allocator.stats().liveBytes()).isEqualTo((long) blocks * C7);
      more.forEach(allocator::free);
      allocator.trim();
      assertThat(count(allocator, "drained")).isEqualTo(blocks);
      assertThat(allocator.stats().liveBytes()).isZero();
    }
  }

  @Test
  void counts_ofEndedThreads_stay() throws InterruptedException {
    try (HakAllocator allocator = allocator("HAKMEM_TINY_C7_HOT=0")) {
      for (int i = 0; i < 5; i++) {
        Thread thread = new Thread(() -> churn(allocator, C7));
        thread.start();
        thread.join();
      }
      assertAsked(allocator, 5 * OPERATIONS);
    }
  }

  @Test
  @Timeout(60)
  void endedThread_withFreesOfTwoBoxesWaiting_isAdoptedWhole() throws InterruptedException {
    try (HakAllocator allocator = allocator("")) {
      List<Long> blocks = new ArrayList<>();
      Thread ended =
          new Thread(
              () -> {
                for (int i = 0; i < 100; i++) {
                  blocks.add(allocator.allocate(C7));
                  blocks.add(allocator.allocate(2 * C7));
                }
              });
      ended.start();
      ended.join();
      blocks.forEach(allocator::free);
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
      assertThat(count(allocator, "drained")).isEqualTo(100);
      assertThat(allocator.stats().counters()).containsEntry("pool_v1_drained", 100L);
    }
  }

  /** Where the original crashed: a page was adopted before what adopts was there. */
  @Tag("slow")
  @Test
  void c7Safe_firstCallsByThreadsAtOnce_loseNothing() throws Exception {
    int threads = 4;
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 1000; round++) {
        try (HakAllocator allocator =
            HakAllocator.builder()
                .profile("C7_SAFE")
                .set("HAKMEM_REGION_BYTES", "16MiB")
                .set("HAKMEM_HEAP_PREFILL", round % 2 == 0 ? "0" : "1KiB")
                .build()) {
          List<Future<?>> parts = new ArrayList<>();
          for (int i = 0; i < threads; i++) {
            parts.add(pool.submit(() -> touchFirst(allocator, start)));
          }
          for (Future<?> part : parts) {
            part.get();
          }
          assertThat(allocator.stats().refusedFrees()).isZero();
          assertThat(allocator.stats().liveBytes()).isZero();
          assertThat(allocator.stats().cachedBytes()).isZero();
          assertThat(allocator.stats().committedBytes()).isZero();
        }
      }
    }
  }

  private static long touchFirst(HakAllocator allocator, CyclicBarrier start) throws Exception {
    start.await();
    List<Long> blocks = new ArrayList<>();
    for (long bytes : new long[] {C7, 16, C7, 300, 1000, 8000, 100_000, C7}) {
      blocks.add(allocator.allocate(bytes));
    }
    blocks.forEach(allocator::free);
    return allocator.trim();
  }

  private static HakAllocator allocator(String gates) {
    HakAllocator.Builder builder = HakAllocator.builder();
    for (String gate : gates.isEmpty() ? new String[0] : gates.split(" ", -1)) {
      builder.set(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    return builder.build();
  }

  private static void assertAsked(HakAllocator allocator, long operations) {
    assertThat(count(allocator, "alloc_asked")).isEqualTo(operations);
    assertThat(count(allocator, "free_asked")).isEqualTo(operations);
    assertThat(count(allocator, "alloc_hit")).isZero();
    assertThat(count(allocator, "free_hit")).isZero();
  }

  /** As many frees as allocations. */
  private static void churn(HakAllocator allocator, long bytes) {
    long[] slots = new long[200];
    for (int i = 0; i < OPERATIONS; i++) {
      int slot = i * 7 % slots.length;
      if (slots[slot] != 0) {
        allocator.free(slots[slot]);
      }
      slots[slot] = allocator.allocate(bytes);
    }
    for (long block : slots) {
      allocator.free(block);
    }
  }

  private static List<Long> allocate(HakAllocator allocator, int blocks) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      all.add(allocator.allocate(C7));
    }
    return all;
  }

  private static void freeByAnotherThread(HakAllocator allocator, List<Long> blocks)
      throws InterruptedException {
    Thread other = new Thread(() -> blocks.forEach(allocator::free));
    other.start();
    other.join();
  }

  private static long count(HakAllocator allocator, String name) {
    return allocator.stats().counters().getOrDefault("tiny_front_" + name, -1L);
  }
}
