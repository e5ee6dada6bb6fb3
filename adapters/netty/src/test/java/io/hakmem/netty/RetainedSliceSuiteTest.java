package io.hakmem.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.RetainedSlicedByteBufTest;
import org.junit.jupiter.api.Test;

/** The same over slices that hold a reference of their own. */
@Expected(passed = 410, aborted = 6, left = 10)
final class RetainedSliceSuiteTest extends RetainedSlicedByteBufTest {

  @Override
  protected ByteBuf newSlice(ByteBuf buffer, int offset, int length) {
    ByteBuf ours = Ours.of(getClass()).inPlaceOf(buffer);
    ByteBuf slice = ours.retainedSlice(offset, length);
    ours.release();
    return Ours.of(getClass()).checked(slice);
  }

  /** Looks behind a slice, where the detector of leaks has put a layer. */
  @Override
  @Test
  public void ensureWritableWithEnoughSpaceShouldNotThrow() {
    Ours.withoutDetector(super::ensureWritableWithEnoughSpaceShouldNotThrow);
  }

  /** As the one above. */
  @Override
  @Test
  public void ensureWritableWithNotEnoughSpaceShouldThrow() {
    Ours.withoutDetector(super::ensureWritableWithNotEnoughSpaceShouldThrow);
  }
}
