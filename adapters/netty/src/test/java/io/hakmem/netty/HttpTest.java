package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A server under load, over Netty's default allocator and over ours. */
@Isolated
final class HttpTest {

  private static final int WATCHED_REQUESTS = 200;
  private static final int MEASURED_REQUESTS = 1000;
  private static final long SEED = 1;

  private static HakByteBufAllocator ours() {
    return new HakByteBufAllocator(HakAllocator.builder().profile("THROUGHPUT"));
  }

  private static boolean isOf(HakByteBufAllocator allocator, ByteBuf buffer) {
    return buffer.hasMemoryAddress() && allocator.owns(buffer.memoryAddress());
  }

  @Test
  void load_overOurs_isAnsweredRightFromOurMemoryAndLeaksNothing() throws Exception {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    try (HakByteBufAllocator allocator = ours()) {
      try (HttpEcho server = new HttpEcho(allocator, buffer -> isOf(allocator, buffer))) {
        assertThat(HttpLoad.run(server.address(), WATCHED_REQUESTS, SEED))
            .isEqualTo((long) WATCHED_REQUESTS * HttpLoad.CONNECTIONS);
        assertThat(server.others()).as("buffers that are not in our memory").isZero();
        assertThat(server.expected())
            .as("buffers in our memory")
            .isGreaterThanOrEqualTo(2L * WATCHED_REQUESTS * HttpLoad.CONNECTIONS);
      }
      assertThat(allocator.usedDirectMemory()).isZero();
      assertThat(CountingLeakDetector.take(allocator)).isEmpty();
    }
  }

  @Test
  void load_overTheDefault_isAnsweredRight() throws Exception {
    try (HttpEcho server = new HttpEcho(ByteBufAllocator.DEFAULT, buffer -> true)) {
      assertThat(HttpLoad.run(server.address(), WATCHED_REQUESTS, SEED))
          .isEqualTo((long) WATCHED_REQUESTS * HttpLoad.CONNECTIONS);
    }
  }

  /** Without the detector, which makes more objects than all else. */
  @Test
  void javaHeap_aRequest_isAtMostHalfOfTheDefaults() throws Exception {
    ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    try (HakByteBufAllocator allocator = ours()) {
      long byDefault =
          HttpComparison.measure(ByteBufAllocator.DEFAULT, MEASURED_REQUESTS).javaHeapBytes();
      long byOurs = HttpComparison.measure(allocator, MEASURED_REQUESTS).javaHeapBytes();
      assertThat(byOurs).as("Java heap a request").isPositive().isLessThanOrEqualTo(byDefault / 2);
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }
}
