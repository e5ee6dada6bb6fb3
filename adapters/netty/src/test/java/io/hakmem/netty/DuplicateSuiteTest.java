package io.hakmem.netty;

import io.netty.buffer.AbstractByteBufTest;
import io.netty.buffer.ByteBuf;

/** The same over duplicates of ours. */
@Expected(passed = 412)
final class DuplicateSuiteTest extends AbstractByteBufTest {

  @Override
  protected ByteBuf newBuffer(int capacity, int maxCapacity) {
    return Ours.of(getClass())
        .checked(Ours.of(getClass()).buffer(capacity, maxCapacity).duplicate());
  }
}
