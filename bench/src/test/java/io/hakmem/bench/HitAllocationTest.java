package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.hakmem.HakAllocator;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hit allocates nothing on the Java heap, whether or not the code is compiled. */
final class HitAllocationTest {

  private static final int BLOCKS = 50;

  /** The JVM itself may allocate in the thread, for example when it throws compiled code away. */
  private static final int ATTEMPTS = 5;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void hits_afterTheBinsAreFull_allocateNoJavaBytes(String checks) {
    try (HakAllocator allocator =
        HakAllocator.builder().profile("THROUGHPUT").set("HAKMEM_CHECKS", checks).build()) {
      long[] blocks = new long[BLOCKS];
      round(allocator, blocks);

      long fewest = Long.MAX_VALUE;
      for (int attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
        long before = javaBytes();
        for (int i = 0; i < 1000; i++) {
          round(allocator, blocks);
        }
        fewest = Math.min(fewest, javaBytes() - before);
      }

      assertThat(fewest).isZero();
    }
  }

  private static void round(HakAllocator allocator, long[] blocks) {
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = allocator.allocate(16 + i * 20L);
    }
    for (long block : blocks) {
      allocator.free(block);
    }
  }

  private static long javaBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
  }
}
