package io.hakmem.netty;

import io.netty.buffer.AbstractByteBufAllocatorTest;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Upstream's tests of allocators. */
@Expected(passed = 18, disabled = 3)
final class AllocatorSuiteTest extends AbstractByteBufAllocatorTest<HakByteBufAllocator> {

  @Override
  protected HakByteBufAllocator newAllocator(boolean preferDirect) {
    return new HakByteBufAllocator();
  }

  @Override
  protected HakByteBufAllocator newUnpooledAllocator() {
    return newAllocator(false);
  }

  @Override
  protected long expectedUsedMemory(HakByteBufAllocator allocator, int capacity) {
    return capacity;
  }

  @Override
  protected long expectedUsedMemoryAfterRelease(HakByteBufAllocator allocator, int capacity) {
    return 0;
  }

  @Override
  protected boolean isDirectExpected(boolean preferDirect) {
    return true;
  }

  @Override
  @Test
  @Disabled("Netty's pool of heap buffers counts its chunks")
  public void testUsedHeapMemory() {}

  @Override
  @Test
  @Disabled("Netty's pool of heap buffers counts its chunks")
  public void testUsedHeapMemoryHuge() {}

  @Override
  @Test
  @Disabled("it wants the classes of Netty's own buffers")
  public void testUnsafeHeapBufferAndUnsafeDirectBuffer() {}
}
