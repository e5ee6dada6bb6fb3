package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is kept after a burst, while the threads of the burst live and wait. */
@Isolated
final class RetentionTest {

  private static final long DECAY_MS = 1000;
  private static final int THREADS = 4;
  private static final int BUFFERS = 8192;
  private static final int BUFFER_BYTES = 8 << 10;
  private static final long BURST_BYTES = (long) THREADS * BUFFERS * BUFFER_BYTES;
  private static final long LOOK_MS = 10;

  private final CountDownLatch released = new CountDownLatch(THREADS);
  private final CountDownLatch ended = new CountDownLatch(1);

  private void burst(ByteBufAllocator allocator) {
    List<ByteBuf> buffers = new ArrayList<>();
    for (int count = 0; count < BUFFERS; count++) {
      buffers.add(allocator.directBuffer(BUFFER_BYTES).writeLong(count));
    }
    buffers.forEach(ByteBuf::release);
    released.countDown();
    try {
      ended.await();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Thread> start(ByteBufAllocator allocator) {
    List<Thread> threads = new ArrayList<>();
    for (int count = 0; count < THREADS; count++) {
      threads.add(new FastThreadLocalThread(() -> burst(allocator)));
    }
    threads.forEach(Thread::start);
    return threads;
  }

  @Test
  void memory_afterABurst_isAtMostWhatPooledKeeps() throws Exception {
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    try {
      long pooled = keptByPooled();
      assertThat(pooled).isBetween(1L, BURST_BYTES);
      RetentionTest ours = new RetentionTest();
      assertThat(ours.keptByOurs(pooled)).isLessThanOrEqualTo(pooled);
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }

  private long keptByPooled() throws InterruptedException {
    PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    List<Thread> threads = start(allocator);
    released.await();
    Thread.sleep(2 * DECAY_MS);
    long kept = allocator.metric().usedDirectMemory();
    end(threads);
    return kept;
  }

  /** Looks until it is little enough, for twice the decay time at most. */
  private long keptByOurs(long little) throws InterruptedException {
    try (HakByteBufAllocator allocator =
        new HakByteBufAllocator(
            HakAllocator.builder()
                .profile("THROUGHPUT")
                .set("HAKMEM_DECAY_MS", Long.toString(DECAY_MS)))) {
      List<Thread> threads = start(allocator);
      released.await();
      long start = System.nanoTime();
      assertThat(allocator.stats().peakCommittedBytes()).isGreaterThanOrEqualTo(BURST_BYTES);
      long kept = allocator.committedBytes();
      while (kept > little
          && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(2 * DECAY_MS)) {
        Thread.sleep(LOOK_MS);
        kept = allocator.committedBytes();
      }
      end(threads);
      return kept;
    }
  }

  private void end(List<Thread> threads) throws InterruptedException {
    ended.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
