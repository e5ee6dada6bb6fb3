package io.hakmem.netty;

import io.netty.buffer.AbstractByteBufTest;
import io.netty.buffer.ByteBuf;

/** Upstream's tests of buffers, over the kind for JVMs without native access. */
@Expected(passed = 412)
final class SegmentSuiteTest extends AbstractByteBufTest {

  @Override
  protected ByteBuf newBuffer(int capacity, int maxCapacity) {
    return Ours.segmentsOf(getClass()).buffer(capacity, maxCapacity);
  }
}
