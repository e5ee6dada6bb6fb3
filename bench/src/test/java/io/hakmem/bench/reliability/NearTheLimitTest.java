package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a small limit programs get whose blocks have many sizes. */
final class NearTheLimitTest {

  private static final int LIMIT_BYTES = 4 << 20;
  private static final int MOST_BYTES = 1000;
  private static final double LEAST_PERCENT = 85;
  private static final int THREADS = 4;

  private final LongAdder asked = new LongAdder();
  private final AtomicBoolean refused = new AtomicBoolean();
  private final Queue<Long> blocks = new ConcurrentLinkedQueue<>();

  private static HakAllocator allocator(String profile) {
    return HakAllocator.builder()
        .set("HAKMEM_MEMORY_LIMIT", Integer.toString(LIMIT_BYTES))
        .set("HAKMEM_PROFILE", profile)
        .build();
  }

  private void fill(HakAllocator pool, long seed) {
    Random random = new Random(seed);
    while (!refused.get()) {
      int bytes = 1 + random.nextInt(MOST_BYTES);
      asked.add(bytes);
      try {
        blocks.add(pool.allocate(bytes));
      } catch (OutOfNativeMemoryException e) {
        refused.set(true);
      }
    }
  }

  private void fillTogether(HakAllocator pool, long seed, CountDownLatch heaps) {
    blocks.add(pool.allocate(1));
    heaps.countDown();
    try {
      heaps.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    fill(pool, seed);
  }

  private double percent() {
    return 100.0 * asked.sum() / LIMIT_BYTES;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "THROUGHPUT", "C7_SAFE", "C6_HEAVY_LEGACY_POOLV1_FLATTEN"})
  void fill_oneThread_isNotRefusedBefore85PercentAndAllComesBack(String profile) {
    try (HakAllocator pool = allocator(profile)) {
      for (int seed = 0; seed < 3; seed++) {
        refused.set(false);
        asked.reset();
        fill(pool, seed);
        assertThat(percent()).isGreaterThan(LEAST_PERCENT);
        blocks.forEach(pool::free);
        blocks.clear();
        pool.checkInvariants();
        pool.trim();
        assertThat(pool.committedBytes()).isZero();
      }
    }
  }

  /** Each has a heap before one of them fills many pages: a heap alone shares with nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"", "THROUGHPUT"})
  void fill_fourThreads_isNotRefusedBefore85Percent(String profile) throws Exception {
    try (HakAllocator pool = allocator(profile)) {
      List<Thread> threads = new ArrayList<>();
      CountDownLatch heaps = new CountDownLatch(THREADS);
      for (int seed = 0; seed < THREADS; seed++) {
        long own = seed;
        threads.add(Thread.ofPlatform().start(() -> fillTogether(pool, own, heaps)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(percent()).isGreaterThan(LEAST_PERCENT);
      blocks.forEach(pool::free);
      pool.trim();
      assertThat(pool.stats().liveBytes()).isZero();
      assertThat(pool.committedBytes()).isZero();
    }
  }

  /** Four parts make a page again. */
  @Test
  void free_allOfManySizes_leavesRoomForALargeBlock() {
    try (HakAllocator pool = allocator("")) {
      fill(pool, 1);
      blocks.forEach(pool::free);
      long large = pool.allocate(LIMIT_BYTES - (LIMIT_BYTES >> 3));
      pool.free(large);
    }
  }
}
