package io.hakmem.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.SlicedByteBufTest;
import org.junit.jupiter.api.Test;

/** Upstream's tests of slices, over slices of ours. */
@Expected(passed = 410, aborted = 6, left = 10)
final class SliceSuiteTest extends SlicedByteBufTest {

  @Override
  protected ByteBuf newSlice(ByteBuf buffer, int offset, int length) {
    return Ours.of(getClass()).checked(Ours.of(getClass()).inPlaceOf(buffer).slice(offset, length));
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
