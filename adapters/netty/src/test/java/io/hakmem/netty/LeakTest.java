package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The suites say that nothing leaks; here is what they would see. */
@Isolated
final class LeakTest {

  @Test
  void leak_ofABuffer_isReported() throws Exception {
    HakByteBufAllocator allocator = new HakByteBufAllocator();
    drop(allocator);
    Queue<String> leaks = CountingLeakDetector.await(allocator);
    assertThat(leaks).hasSize(1);
    assertThat(leaks.element()).contains("LeakTest.drop");
    assertThat(allocator.usedDirectMemory()).isEqualTo(16);
  }

  @SuppressWarnings("CheckReturnValue") // It is lost on purpose.
  private static void drop(ByteBufAllocator allocator) {
    ByteBuf lost = allocator.directBuffer(16);
    lost.writeInt(1);
  }
}
