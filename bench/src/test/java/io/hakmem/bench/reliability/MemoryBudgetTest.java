package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.MemoryBudget;
import io.hakmem.OutOfNativeMemoryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit that several allocators share. */
@Tag("slow")
final class MemoryBudgetTest {

  private static final long MIB = 1 << 20;

  private static HakAllocator allocator(MemoryBudget budget, String source) {
    return HakAllocator.builder()
        .budget(budget)
        .set("HAKMEM_PAGE_SOURCE", source)
        .set("HAKMEM_DECAY_MS", "3600000")
        .build();
  }

  private static HakAllocator allocator(MemoryBudget budget) {
    return allocator(budget, "auto");
  }

  @Test
  void allocate_beyondTheBudget_namesAskedUsedLimitAndWhose() {
    MemoryBudget budget = new MemoryBudget("images", 8 * MIB);
    try (HakAllocator one = allocator(budget);
        HakAllocator other = allocator(budget)) {
      long held = one.allocate(5 * MIB);
      other.allocate(2 * MIB);
      assertThatThrownBy(() -> one.allocate(2 * MIB))
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageStartingWith(
              "asked 2097152 bytes, of the system 2097152: used 7340032 by 2 allocators, 5242880 of it by this one,"
                  + " limit 8388608 (budget images)");
      assertThat(budget.usedBytes()).isEqualTo(7 * MIB);
      assertThat(budget.allocators()).isEqualTo(2);
      assertThat(budget)
          .hasToString("budget images: used 7340032 of 8388608 bytes by 2 allocators");
      one.free(held);
      other.free(other.allocate(5 * MIB));
    }
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.allocators()).isZero();
    assertThat(budget.peakBytes()).isBetween(7 * MIB, 8 * MIB);
  }

  @Test
  void allocate_budgetUsedUpByUnusedMemoryOfAnother_takesIt() {
    MemoryBudget budget = new MemoryBudget("shared", 8 * MIB);
    try (HakAllocator one = allocator(budget);
        HakAllocator other = allocator(budget)) {
      other.free(other.allocate(6 * MIB));
      assertThat(other.stats().committedBytes()).isEqualTo(6 * MIB);
      long block = one.allocate(6 * MIB);
      assertThat(other.stats().committedBytes()).isZero();
      one.free(block);
    }
  }

  @Test
  void allocate_ownLimitBelowTheBudget_countsToo() {
    MemoryBudget budget = new MemoryBudget("shared", 8 * MIB);
    try (HakAllocator allocator =
        HakAllocator.builder().budget(budget).set("HAKMEM_MEMORY_LIMIT", "1MiB").build()) {
      assertThatThrownBy(() -> allocator.allocate(2 * MIB))
          .hasMessageStartingWith(
              "asked 2097152 bytes, of the system 2097152: used 0, limit 1048576"
                  + " (HAKMEM_MEMORY_LIMIT); ");
      assertThat(budget.usedBytes()).isZero();
    }
  }

  @Test
  void budget_belowOneByte_isRefused() {
    assertThatThrownBy(() -> new MemoryBudget("none", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limitBytes=0 must be in [1, 9223372036854775807]");
  }

  /** Sampled while four threads on each of two allocators ask for more than there is. */
  @ParameterizedTest
  @ValueSource(strings = {"os", "arena"})
  void allocate_fromManyThreads_neverExceedsTheBudget(String source) throws Exception {
    MemoryBudget budget = new MemoryBudget("tight", 24 * MIB + 1);
    AtomicBoolean over = new AtomicBoolean();
    LongAdder refused = new LongAdder();
    LongAdder served = new LongAdder();
    try (HakAllocator one = allocator(budget, source);
        HakAllocator other = allocator(budget, source)) {
      AtomicBoolean done = new AtomicBoolean();
      Thread sampler = Thread.ofPlatform().start(() -> sample(one, other, budget, over, done));
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        List<Future<?>> parts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          HakAllocator mine = i % 2 == 0 ? one : other;
          int seed = i;
          parts.add(threads.submit(() -> churn(mine, seed, refused, served)));
        }
        for (Future<?> part : parts) {
          part.get();
        }
      }
      done.set(true);
      sampler.join();
      one.trim();
      other.trim();
      assertThat(budget.usedBytes()).isZero();
    }
    assertThat(over).isFalse();
    assertThat(refused.sum()).isPositive();
    assertThat(served.sum()).isPositive();
    assertThat(budget.peakBytes()).isLessThanOrEqualTo(budget.limitBytes());
  }

  private static void sample(
      HakAllocator one,
      HakAllocator other,
      MemoryBudget budget,
      AtomicBoolean over,
      AtomicBoolean done) {
    while (!done.get()) {
      // Each figure is of its own moment, so the sum is no figure of one: the counted bytes are.
      if (budget.usedBytes() > budget.limitBytes()
          || one.stats().committedBytes() > budget.limitBytes()
          || other.stats().committedBytes() > budget.limitBytes()) {
        over.set(true);
      }
    }
  }

  private static void churn(HakAllocator allocator, int seed, LongAdder refused, LongAdder served) {
    SplittableRandom random = new SplittableRandom(seed);
    Deque<Long> held = new ArrayDeque<>();
    for (int i = 0; i < 4_000; i++) {
      long bytes = 1L << random.nextInt(4, 22);
      try {
        held.add(allocator.allocate(bytes));
        served.increment();
      } catch (OutOfNativeMemoryException full) {
        refused.increment();
        while (held.size() > 2) {
          allocator.free(held.remove());
        }
      }
    }
    held.forEach(allocator::free);
    allocator.trim();
  }
}
