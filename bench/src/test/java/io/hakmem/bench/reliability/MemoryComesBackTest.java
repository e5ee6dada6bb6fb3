package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs free goes back to the system by itself, whichever thread has it. */
final class MemoryComesBackTest {

  private static final long DECAY_MS = 100;
  private static final int MIB = 1 << 20;
  private static final int BLOCKS = 16 << 10;
  private static final int BLOCK_BYTES = 1024;

  /** What a program that waits may keep. */
  private static final long LITTLE_BYTES = MIB;

  private static HakAllocator allocator(String... gates) {
    HakAllocator.Builder builder =
        HakAllocator.builder().set("HAKMEM_DECAY_MS", Long.toString(DECAY_MS));
    for (int i = 0; i < gates.length; i += 2) {
      builder.set(gates[i], gates[i + 1]);
    }
    return builder.build();
  }

  private static long[] fill(HakAllocator pool) {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = pool.allocate(BLOCK_BYTES);
    }
    return blocks;
  }

  private static void free(HakAllocator pool, long[] blocks) {
    for (long block : blocks) {
      pool.free(block);
    }
  }

  /** A thread that does something and then waits until the test is over. */
  private static final class Waiting implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private Waiting(Runnable first) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    first.run();
                    done.countDown();
                    awaitEnd();
                  });
    }

    private void awaitEnd() {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private Waiting awaited() throws InterruptedException {
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      return this;
    }

    @Override
    public void close() {
      end.countDown();
      assertThat(holdsWithin(() -> !thread.isAlive(), 60_000)).isTrue();
    }
  }

  private static void assertComesBack(HakAllocator pool) {
    assertThat(holdsWithin(() -> pool.committedBytes() <= LITTLE_BYTES, 20 * DECAY_MS))
        .as("committed: %d B", pool.committedBytes())
        .isTrue();
    assertThat(pool.liveBytes()).isZero();
  }

  private static boolean holdsWithin(BooleanSupplier condition, long ms) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(ms)) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LEGACY",
        "C7_SAFE",
        "C6_HEAVY_LEGACY_POOLV1",
        "C6_HEAVY_LEGACY_POOLV1_FLATTEN",
        "MIXED_TINYV3_C7_SAFE",
        "THROUGHPUT"
      })
  void free_thenNoCall_everythingGoesBack(String profile) {
    try (HakAllocator pool = allocator("HAKMEM_PROFILE", profile)) {
      free(pool, fill(pool));
      assertComesBack(pool);
      free(pool, fill(pool));
    }
  }

  @Test
  void free_arenaPageSource_everythingGoesBack() {
    try (HakAllocator pool = allocator("HAKMEM_PAGE_SOURCE", "arena")) {
      free(pool, fill(pool));
      assertComesBack(pool);
      assertThat(pool.stats().reservedBytes()).isLessThanOrEqualTo(4L * MIB);
    }
  }

  @Test
  void free_byAnotherThreadWhileTheOwnerWaits_everythingGoesBack() throws Exception {
    try (HakAllocator pool = allocator()) {
      long[][] blocks = new long[1][];
      try (Waiting owner = new Waiting(() -> blocks[0] = fill(pool)).awaited()) {
        assertThat(owner.thread.isAlive()).isTrue();
        free(pool, blocks[0]);
        assertComesBack(pool);
      }
    }
  }

  @Test
  void trim_ownerWaits_takesWhatOthersFreed() throws Exception {
    try (HakAllocator pool = allocator("HAKMEM_PURGE_THREAD", "0")) {
      long[][] blocks = new long[1][];
      try (Waiting owner = new Waiting(() -> blocks[0] = fill(pool)).awaited()) {
        assertThat(owner.thread.isAlive()).isTrue();
        free(pool, blocks[0]);
        assertThat(pool.trim()).isGreaterThan(8L * MIB);
        assertThat(pool.committedBytes()).isLessThanOrEqualTo(LITTLE_BYTES);
      }
    }
  }

  @Test
  void free_byThreadsThatEndOrAreVirtual_everythingGoesBack() throws Exception {
    try (HakAllocator pool = allocator()) {
      Runnable job = () -> free(pool, fill(pool));
      Thread.ofPlatform().start(job).join();
      assertComesBack(pool);
      List<Thread> virtual = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        virtual.add(Thread.ofVirtual().start(job));
      }
      for (Thread thread : virtual) {
        thread.join();
      }
      assertComesBack(pool);
    }
  }

  @Test
  void threadsThatWait_afterTheyUsedEverySize_holdNothing() throws Exception {
    try (HakAllocator pool = allocator()) {
      List<Waiting> threads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        threads.add(new Waiting(() -> useEverySize(pool)));
      }
      for (Waiting thread : threads) {
        thread.awaited();
      }
      assertComesBack(pool);
      for (Waiting thread : threads) {
        thread.close();
      }
    }
  }

  private static void useEverySize(HakAllocator pool) {
    for (int bytes = 16; bytes <= MIB; bytes += bytes / 8 + 16) {
      pool.free(pool.allocate(bytes));
    }
  }

  @Test
  void purgeThreadOff_collectByATimer_givesBack() {
    try (HakAllocator pool = allocator("HAKMEM_PURGE_THREAD", "0")) {
      free(pool, fill(pool));
      assertThat(holdsWithin(() -> pool.committedBytes() == 0, 3 * DECAY_MS)).isFalse();
      assertThat(
              holdsWithin(
                  () -> {
                    pool.collect();
                    return pool.committedBytes() == 0;
                  },
                  20 * DECAY_MS))
          .isTrue();
    }
  }

  @Test
  void limit_heldByOtherHeaps_isTakenBackBeforeItRefuses() throws Exception {
    try (HakAllocator pool =
        allocator("HAKMEM_MEMORY_LIMIT", "18MiB", "HAKMEM_DECAY_MS", "100000")) {
      Runnable job = () -> free(pool, fill(pool));
      Thread.ofPlatform().start(job).join();
      pool.free(pool.allocate(12L * MIB));
      Thread.ofVirtual().start(job).join();
      pool.free(pool.allocate(12L * MIB));
      try (Waiting owner = new Waiting(job).awaited()) {
        assertThat(holdsWithin(() -> isWaiting(owner.thread), 10_000)).isTrue();
        pool.free(pool.allocate(12L * MIB));
      }
    }
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  @Test
  void limit_manyThreadsThatTouchedEverything_refusesNone() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    try (HakAllocator pool =
        allocator("HAKMEM_MEMORY_LIMIT", "64MiB", "HAKMEM_DECAY_MS", "100000")) {
      List<Waiting> threads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        threads.add(
            new Waiting(
                    () -> {
                      try {
                        useEverySize(pool);
                      } catch (OutOfNativeMemoryException e) {
                        refused.incrementAndGet();
                      }
                    })
                .awaited());
      }
      for (Waiting thread : threads) {
        thread.close();
      }
    }
    assertThat(refused).hasValue(0);
  }

  /** A block of a larger class, which may be served where there is no page, is not aligned so. */
  @ParameterizedTest
  @ValueSource(strings = {"", "THROUGHPUT"})
  void limit_alignedBlocksWhereNoPageIsLeft_areAlignedOrRefused(String profile) {
    try (HakAllocator pool = allocator("HAKMEM_MEMORY_LIMIT", "2MiB", "HAKMEM_PROFILE", profile)) {
      List<Long> blocks = new ArrayList<>();
      untilRefused(() -> blocks.add(pool.allocate(900)));
      for (int i = 0; i < blocks.size(); i += 3) {
        pool.free(blocks.get(i));
      }
      untilRefused(() -> assertThat(pool.allocate(200, 256) % 256).isZero());
      int others = untilRefused(() -> pool.allocate(200));
      assertThat(others).as("served by freed blocks of 900 B").isPositive();
    }
  }

  private static int untilRefused(Runnable allocation) {
    for (int done = 0; done < 100_000; done++) {
      try {
        allocation.run();
      } catch (OutOfNativeMemoryException refused) {
        return done;
      }
    }
    throw new AssertionError("the limit refuses nothing");
  }

  @Test
  void allocatorsThatComeAndGo_leaveAtMostOnePurgeThread() {
    for (int i = 0; i < 100; i++) {
      try (HakAllocator pool = allocator("HAKMEM_DECAY_MS", "0")) {
        pool.free(pool.allocate(100));
      }
    }
    assertThat(purgeThreads()).isLessThanOrEqualTo(1);
  }

  private static long purgeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("hakmem-purge"))
        .count();
  }

  @Test
  void allocatorThatIsDropped_isNotKeptByThePurgeThread() {
    WeakReference<HakAllocator> dropped = new WeakReference<>(used());
    assertThat(
            holdsWithin(
                () -> {
                  System.gc();
                  return dropped.refersTo(null);
                },
                10_000))
        .isTrue();
  }

  private static HakAllocator used() {
    HakAllocator pool = allocator();
    pool.free(pool.allocate(100));
    return pool;
  }

  @Test
  void close_whileMemoryIsPurged_harmsNothing() throws Exception {
    for (int i = 0; i < 60; i++) {
      HakAllocator pool = allocator("HAKMEM_DECAY_MS", "0");
      try (Waiting owner = new Waiting(() -> free(pool, fill(pool))).awaited()) {
        LockSupport.parkNanos(i * 200_000L);
        pool.close();
        assertThat(pool.committedBytes()).isZero();
        assertThat(owner.thread.isAlive()).isTrue();
      }
    }
  }
}
