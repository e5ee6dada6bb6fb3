package io.hakmem.pool.v2;

import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply;

/** The cold interface over which pages come and go, one at a time. Any thread may call it. */
interface PageRefill extends PageSupply {

  /**
   * Memory for a page, of {@link PageKey#PAGE_BYTES}.
   *
   * @throws io.hakmem.OutOfNativeMemoryException when the limit or the system refuses
   */
  Run refillPage();

  /** Takes the memory of a page back that no directory knows any more. */
  void retirePage(long runBase);

  @Override
  default Run acquire(long bytes) {
    if (bytes != PageKey.PAGE_BYTES) {
      throw new IllegalArgumentException(
          "run of " + bytes + " bytes must be one page of " + PageKey.PAGE_BYTES);
    }
    return refillPage();
  }

  @Override
  default void release(long base, long bytes) {
    retirePage(base);
  }
}
