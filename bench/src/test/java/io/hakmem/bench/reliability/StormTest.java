package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many short lives: virtual threads, threads that are interrupted, threads that die. */
@Tag("slow")
final class StormTest {

  private static final int VIRTUAL_THREADS = 100_000;

  private static long heaps(HakAllocator allocator) {
    return Objects.requireNonNull(allocator.stats().counters().get("heaps"));
  }

  @Test
  void virtualThreads_thatAllocateBlockAndFreeElsewhere_shareAFewHeaps()
      throws InterruptedException {
    try (HakAllocator allocator = HakAllocator.create()) {
      ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
      LongAdder failed = new LongAdder();
      Thread[] threads = new Thread[VIRTUAL_THREADS];
      for (int i = 0; i < threads.length; i++) {
        long bytes = 16L + i % 3_000;
        threads[i] = Thread.ofVirtual().start(() -> live(allocator, bytes, passed, failed));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (Long left = passed.poll(); left != null; left = passed.poll()) {
        allocator.free(left);
      }
      assertThat(failed.sum()).isZero();
      assertThat(heaps(allocator)).isBetween(1L, 4L * Runtime.getRuntime().availableProcessors());
      allocator.trim();
      assertThat(allocator.stats().allocations()).isEqualTo(VIRTUAL_THREADS);
      assertThat(allocator.stats().frees()).isEqualTo(VIRTUAL_THREADS);
      assertThat(allocator.stats().liveBytes()).isZero();
      assertThat(allocator.stats().committedBytes()).isZero();
      assertThat(allocator.stats().refusedFrees()).isZero();
    }
  }

  private static void live(
      HakAllocator allocator, long bytes, ConcurrentLinkedQueue<Long> passed, LongAdder failed) {
    try {
      passed.add(allocator.allocate(bytes));
      LockSupport.parkNanos(100_000);
      Long other = passed.poll();
      if (other != null) {
        allocator.free(other);
      }
    } catch (RuntimeException e) {
      failed.increment();
    }
  }

  @Test
  void platformThreads_thatCameAndWent_leaveNoHeap() throws InterruptedException {
    try (HakAllocator allocator = HakAllocator.create()) {
      for (int i = 0; i < 300; i++) {
        Thread thread = new Thread(() -> allocator.allocate(500));
        thread.start();
        thread.join();
      }
      allocator.free(allocator.allocate(500));
      assertThat(heaps(allocator)).isLessThanOrEqualTo(2);
      assertThat(allocator.stats().liveBytes()).isGreaterThanOrEqualTo(300 * 500);
    }
  }

  @Test
  void interrupts_duringSlowPaths_changeNothing() throws InterruptedException {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_DECAY_MS", "0")
            .set("HAKMEM_HEAP_EMPTY_PAGES", "1")
            .set("HAKMEM_LARGE_MAPPING_BYTES", "1MiB")
            .build()) {
      for (Thread.Builder kind : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
        LongAdder rounds = new LongAdder();
        AtomicBoolean done = new AtomicBoolean();
        ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();
        Thread worker =
            kind.start(
                () -> {
                  try {
                    while (!done.get()) {
                      slowPaths(allocator);
                      rounds.increment();
                    }
                  } catch (Throwable e) {
                    failed.add(e);
                  }
                });
        while (rounds.sum() < 100 && failed.isEmpty()) {
          worker.interrupt();
          Thread.onSpinWait();
        }
        done.set(true);
        worker.join();
        assertThat(failed).isEmpty();
      }
      allocator.trim();
      assertThat(allocator.stats().liveBytes()).isZero();
      assertThat(allocator.stats().committedBytes()).isZero();
    }
  }

  private static void slowPaths(HakAllocator allocator) throws InterruptedException {
    Thread.currentThread().interrupt();
    long[] blocks = new long[100];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator.allocate(2_000);
    }
    Thread freeing =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  for (long block : blocks) {
                    allocator.free(block);
                  }
                });
    freeing.start();
    long large = allocator.reallocate(allocator.allocate(2 << 20), 5 << 20);
    allocator.free(large);
    allocator.trim();
    if (!Thread.interrupted()) {
      throw new AssertionError("a slow path took the interrupt");
    }
    boolean ended = false;
    while (!ended) {
      try {
        freeing.join();
        ended = true;
      } catch (InterruptedException again) {
        Thread.onSpinWait();
      }
    }
  }
}
