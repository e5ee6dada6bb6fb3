package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakAllocator;
import io.hakmem.Heap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An allocator is closed while threads are inside of all its operations. */
final class ClosingTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 12;

  private final BlockingQueue<Throwable> others = new LinkedBlockingQueue<>();
  private final AtomicInteger closed = new AtomicInteger();

  /** Goes on until the operation throws, which only the end of the allocator may cause. */
  @SuppressWarnings("ThreadPriorityCheck") // The yield is for virtual threads, see below.
  private void untilClosed(Runnable operation) {
    try {
      while (true) {
        operation.run();
        Thread.yield(); // Carriers are few, and a virtual thread keeps its own until it waits.
      }
    } catch (AllocatorClosedException expected) {
      closed.incrementAndGet();
    } catch (Throwable other) {
      others.add(other);
    }
  }

  private static HakAllocator allocator(String gates) {
    HakAllocator.Builder builder =
        HakAllocator.builder().set("HAKMEM_HEAP_EMPTY_PAGES", "1").set("HAKMEM_DECAY_MS", "0");
    for (String gate : gates.split(" ", -1)) {
      builder.set(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    return builder.build();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HAKMEM_PROFILE=LEGACY",
        "HAKMEM_PROFILE=C7_SAFE",
        "HAKMEM_PROFILE=THROUGHPUT",
        "HAKMEM_PAGE_SOURCE=arena",
        "HAKMEM_POOL_V2_ENABLED=1",
        "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_ZERO_MODE=off",
        "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_TLS_FAST_PATH=0 HAKMEM_POOL_ZERO_MODE=off"
      })
  void close_whileEightThreadsAreInside_endsEachWithClosed(String gates)
      throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      closeWhileUsed(allocator(gates), round);
    }
    assertThat(others).isEmpty();
    assertThat(closed).hasValue(THREADS * ROUNDS);
  }

  private void closeWhileUsed(HakAllocator allocator, int round) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(THREADS);
    List<Thread> threads = new ArrayList<>();
    for (Runnable loop : loops(allocator)) {
      Runnable whole =
          () -> {
            awaitAll(started); // Threads that only yield may keep others from beginning.
            untilClosed(loop);
          };
      threads.add((round % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual()).start(whole));
    }
    started.await();
    Thread.sleep(round % 8);
    allocator.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(allocator.stats().committedBytes()).isZero();
  }

  private static List<Runnable> loops(HakAllocator allocator) {
    ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
    return List.of(
        () -> small(allocator, passed),
        () -> remote(allocator, passed),
        () -> resized(allocator),
        allocator::trim,
        () -> held(allocator.heap()),
        () -> allocator.free(allocator.allocate(3 << 20)),
        () -> allocator.free(allocator.allocate(5_000, 4_096)),
        () -> allocator.free(allocator.segment(700).address()));
  }

  private static void awaitAll(CountDownLatch started) {
    started.countDown();
    try {
      started.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void small(HakAllocator allocator, ConcurrentLinkedQueue<Long> passed) {
    for (int i = 0; i < 50; i++) {
      passed.add(allocator.allocate(16 + 40L * i));
    }
    for (int i = 0; i < 50; i++) {
      free(allocator, passed);
    }
  }

  private static void remote(HakAllocator allocator, ConcurrentLinkedQueue<Long> passed) {
    if (!free(allocator, passed)) {
      passed.add(allocator.allocate(300));
    }
  }

  private static boolean free(HakAllocator allocator, ConcurrentLinkedQueue<Long> passed) {
    Long block = passed.poll();
    if (block != null) {
      allocator.free(block);
    }
    return block != null;
  }

  private static void resized(HakAllocator allocator) {
    long block = allocator.allocate(100);
    block = allocator.reallocate(block, 2_000);
    block = allocator.reallocate(block, 100_000);
    allocator.free(block);
  }

  private static void held(Heap heap) {
    for (int i = 1; i < 100; i++) {
      heap.free(heap.allocate(i * 30L));
    }
  }
}
