package io.hakmem.bench.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an allocator keeps for the threads that make arenas. */
final class ArenaThreadsTest {

  private static final int THREADS = 100;

  /** Equal to all others. */
  private static final class EqualThread extends Thread {

    private EqualThread(Runnable run) {
      super(run);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EqualThread;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void threads_thatEqualEachOther_haveMemoryOfTheirOwn() throws InterruptedException {
    try (HakAllocator allocator = HakAllocator.create()) {
      AtomicLong first = new AtomicLong();
      AtomicLong second = new AtomicLong();
      CountDownLatch used = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      Thread waiting =
          new EqualThread(
              () -> {
                first.set(addressOf(allocator));
                used.countDown();
                await(end);
              });
      waiting.start();
      used.await();
      Thread other = new EqualThread(() -> second.set(addressOf(allocator)));
      other.start();
      other.join();
      end.countDown();
      waiting.join();
      assertThat(second.get()).isNotEqualTo(first.get());
    }
  }

  private static long addressOf(HakAllocator allocator) {
    try (Arena arena = allocator.arena()) {
      return arena.allocate(16).address();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threads_thatEnded_areForgotten(boolean open) throws InterruptedException {
    try (HakAllocator allocator = HakAllocator.create()) {
      List<WeakReference<Thread>> ended = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> use(allocator, open));
        thread.start();
        thread.join();
        ended.add(new WeakReference<>(thread));
      }
      long held = THREADS;
      for (int i = 0; i < 50 && held > 1; i++) {
        System.gc();
        Thread.sleep(10);
        held = ended.stream().filter(thread -> !thread.refersTo(null)).count();
      }
      assertThat(held).as("threads that are held").isLessThanOrEqualTo(1);
    }
  }

  @SuppressWarnings("MustBeClosed") // Left open on purpose.
  private static void use(HakAllocator allocator, boolean open) {
    Arena arena = allocator.arena();
    arena.allocate(100);
    if (!open) {
      arena.close();
    }
  }
}
