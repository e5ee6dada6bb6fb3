package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.AllocatorClosedException;
import io.hakmem.HakAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads clear blocks by native calls while the allocator is closed, which unmaps the memory. What
 * orders the two is tried out in the module {@code stress}, by WriterOrCloseIsSeen: the time
 * between the look at the heap and the write is too short to be met here.
 */
@Timeout(120)
final class CloseWhileClearingTest {

  private static final int ROUNDS = 200;
  private static final int THREADS = 3;
  private static final long LARGEST_CLEARED_NATIVELY = 64 << 10;

  private static int allocateUntilClosed(HakAllocator allocator, CountDownLatch started) {
    int cleared = 0;
    try {
      while (true) {
        long block = allocator.allocateZeroed(LARGEST_CLEARED_NATIVELY);
        if (cleared++ == 0) {
          started.countDown();
        }
        allocator.free(block);
      }
    } catch (AllocatorClosedException expected) {
      return cleared;
    }
  }

  @Test
  void close_whileBlocksAreCleared_waitsForIt() throws ExecutionException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      HakAllocator allocator = HakAllocator.builder().profile("THROUGHPUT").build();
      CountDownLatch started = new CountDownLatch(THREADS);
      List<FutureTask<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        FutureTask<Integer> task = new FutureTask<>(() -> allocateUntilClosed(allocator, started));
        tasks.add(task);
        new Thread(task, "clears").start();
      }
      started.await();
      allocator.close();
      for (FutureTask<Integer> task : tasks) {
        assertThat(task.get()).isPositive();
      }
    }
  }
}
