package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SparesTest {

  private static final int MOST = 8;
  private static final int OTHERS = 2;
  private static final int ROUNDS = 300_000;

  private final HakByteBufAllocator allocator = new HakByteBufAllocator(HakAllocator.builder());

  /** The end of a queue. */
  private final HakByteBuf last = new SegmentByteBuf(allocator);

  @AfterEach
  void close() {
    allocator.close();
  }

  @Test
  void put_byAnyThread_keepsNoMoreThanTheBoundOfEach() throws Exception {
    Spares.Stack stack = new Spares.Stack(Thread.currentThread(), MOST);
    putMany(stack);
    Thread other = new Thread(() -> putMany(stack));
    other.start();
    other.join();
    int taken = 0;
    while (stack.take() != null) {
      taken++;
    }
    assertThat(taken).isEqualTo(2 * MOST);
  }

  private void putMany(Spares.Stack stack) {
    for (int i = 0; i < 3 * MOST; i++) {
      stack.put(new SegmentByteBuf(allocator));
    }
  }

  /** Weight 1 marks a buffer in use: whoever meets it twice has lost the order of the two lists. */
  @Test
  void take_whileOthersPut_handsOutEachObjectOnce() throws Exception {
    Spares.Stack stack = new Spares.Stack(Thread.currentThread(), MOST);
    List<BlockingQueue<HakByteBuf>> queues = new ArrayList<>();
    List<Future<?>> others = new ArrayList<>();
    int used = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(OTHERS)) {
      for (int i = 0; i < OTHERS; i++) {
        BlockingQueue<HakByteBuf> queue = new ArrayBlockingQueue<>(MOST);
        queues.add(queue);
        others.add(threads.submit(() -> putAll(queue, stack)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        HakByteBuf spare = stack.take();
        used += spare == null ? 0 : 1;
        HakByteBuf buffer = spare == null ? new SegmentByteBuf(allocator) : spare;
        assertThat(buffer.weight).as("in use, in round %d", round).isZero();
        buffer.weight = 1;
        queues.get(round % OTHERS).put(buffer);
      }
      for (BlockingQueue<HakByteBuf> queue : queues) {
        queue.put(last);
      }
      for (Future<?> other : others) {
        other.get();
      }
    }
    assertThat(used).as("used again").isGreaterThan(ROUNDS / 10);
  }

  @SuppressWarnings("ReferenceEquality") // The last is a certain object.
  private Void putAll(BlockingQueue<HakByteBuf> queue, Spares.Stack stack)
      throws InterruptedException {
    for (HakByteBuf buffer = queue.take(); buffer != last; buffer = queue.take()) {
      buffer.weight = 0;
      stack.put(buffer);
    }
    return null;
  }
}
