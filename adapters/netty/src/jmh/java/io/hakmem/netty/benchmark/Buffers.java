package io.hakmem.netty.benchmark;

import io.hakmem.netty.HakByteBufAllocator;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An allocator of Netty's or ours, and a queue of buffers from one thread to another. */
@State(Scope.Benchmark)
public class Buffers {

  private static final int MOST_WAITING = 1024;
  private static final int HELD_BYTES = 4096;

  @Param({"hakmem", "pooled", "adaptive"})
  private String allocator;

  @Param("512")
  private int bytes;

  private ByteBufAllocator buffers;
  private HakByteBufAllocator ours;
  private ByteBuf held;
  private final Queue<ByteBuf> waiting = PlatformDependent.newFixedMpscQueue(MOST_WAITING);
  private Thread releaser;
  private volatile boolean isEnding;

  /** Makes the allocator, and sees that a buffer is of its kind. */
  @Setup(Level.Trial)
  public void open() {
    switch (allocator) {
      case "hakmem" -> {
        ours = new HakByteBufAllocator();
        buffers = ours;
      }
      case "pooled" -> buffers = new PooledByteBufAllocator(true);
      case "adaptive" -> buffers = new AdaptiveByteBufAllocator(true);
      default ->
          throw new IllegalArgumentException(
              "allocator=%s must be hakmem, pooled or adaptive".formatted(allocator));
    }
    held = buffers.directBuffer(HELD_BYTES);
    held.setZero(0, HELD_BYTES);
    if (ours != null && !ours.owns(held.memoryAddress())) {
      throw new IllegalStateException("a buffer lies in other memory");
    }
  }

  /** Releases what is left, and sees that nothing is live. */
  @TearDown(Level.Trial)
  public void close() throws InterruptedException {
    isEnding = true;
    if (releaser != null) {
      releaser.join();
    }
    for (ByteBuf left = waiting.poll(); left != null; left = waiting.poll()) {
      left.release();
    }
    held.release();
    if (ours != null) {
      long live = ours.usedDirectMemory();
      ours.close();
      if (live != 0) {
        throw new IllegalStateException(live + " B are live at the end");
      }
    }
  }

  /** A buffer of the size under measurement; the thread must be one of Netty's. */
  ByteBuf allocated() {
    return buffers.directBuffer(bytes);
  }

  /** A buffer that stays, of 4096 B. */
  ByteBuf held() {
    return held;
  }

  /** Hands a buffer to another thread, which releases it; waits while that is behind. */
  void handOver() {
    if (releaser == null) {
      releaser = new FastThreadLocalThread(this::releaseAll, "releaser");
      releaser.start();
    }
    ByteBuf buffer = allocated();
    while (!waiting.offer(buffer)) {
      Thread.onSpinWait();
    }
  }

  private void releaseAll() {
    while (!isEnding) {
      ByteBuf buffer = waiting.poll();
      if (buffer == null) {
        Thread.onSpinWait();
      } else {
        buffer.release();
      }
    }
  }

  /** A thread that is none of Netty's would have no cache in its pool. */
  @State(Scope.Thread)
  public static class OnFastThread {

    /**
     * Refuses to measure on another one. Without a fork, as tests run benchmarks, JMH has threads
     * of its own.
     */
    @Setup(Level.Trial)
    public void check() {
      boolean isFork = FastThreads.class.getName().equals(System.getProperty("jmh.executor.class"));
      if (isFork && !(Thread.currentThread() instanceof FastThreadLocalThread)) {
        throw new IllegalStateException("this is no thread of Netty's: " + Thread.currentThread());
      }
    }
  }
}
