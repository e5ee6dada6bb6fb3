package io.hakmem.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.AbstractByteBufTest;
import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;

/** Upstream's tests of buffers, over ours. */
@Expected(passed = 412)
final class BigEndianSuiteTest extends AbstractByteBufTest {

  @Override
  @SuppressWarnings("deprecation") // Upstream tests what it deprecates.
  protected ByteBuf newBuffer(int capacity, int maxCapacity) {
    ByteBuf buffer = Ours.of(getClass()).buffer(capacity, maxCapacity);
    assertEquals(ByteOrder.BIG_ENDIAN, buffer.order());
    assertEquals(0, buffer.writerIndex());
    return buffer;
  }
}
