package io.hakmem.netty;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what Netty would log as LEAK. The pom names it, and Netty makes it by its constructor. */
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {

  private static final int FEW_ROUNDS = 4;
  private static final int MANY_ROUNDS = 400;

  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  /** The constructor that Netty calls. */
  public CountingLeakDetector(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType);
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  /** The leaks so far, which are forgotten then. The garbage collector runs before. */
  static Queue<String> take(HakByteBufAllocator allocator) throws InterruptedException {
    for (int round = 0; round < FEW_ROUNDS; round++) {
      report(allocator);
    }
    return taken();
  }

  /** The same, as soon as there is one: a busy machine may need long to collect it. */
  static Queue<String> await(HakByteBufAllocator allocator) throws InterruptedException {
    for (int round = 0; round < MANY_ROUNDS && LEAKS.isEmpty(); round++) {
      report(allocator);
    }
    return taken();
  }

  private static void report(HakByteBufAllocator allocator) throws InterruptedException {
    System.gc();
    Thread.sleep(50);
    allocator.directBuffer(1).release(); // Reports what was collected.
  }

  private static Queue<String> taken() {
    Queue<String> leaks = new ConcurrentLinkedQueue<>(LEAKS);
    LEAKS.clear();
    return leaks;
  }
}
