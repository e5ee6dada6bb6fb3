package io.hakmem.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.AbstractByteBufTest;
import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;

/** The same, seen little endian. */
@Expected(passed = 412)
final class LittleEndianSuiteTest extends AbstractByteBufTest {

  @Override
  @SuppressWarnings("deprecation") // Upstream tests what it deprecates.
  protected ByteBuf newBuffer(int capacity, int maxCapacity) {
    ByteBuf buffer =
        Ours.of(getClass()).buffer(capacity, maxCapacity).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
    return buffer;
  }
}
