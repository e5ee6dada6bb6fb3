package io.hakmem.compose;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSupply;

/** Before it refuses, it lets the boxes return the pages that no heap owns, and tries once more. */
final class ReclaimingSupply implements PageSupply {

  private final PageSupply supply;
  private final Runnable reclaim;

  /** The callback runs on the thread that asked for memory, which holds no lock of a box. */
  ReclaimingSupply(PageSupply supply, Runnable reclaim) {
    this.supply = supply;
    this.reclaim = reclaim;
  }

  @Override
  public Run acquire(long bytes) {
    try {
      return supply.acquire(bytes);
    } catch (OutOfNativeMemoryException refused) {
      reclaim.run();
      return supply.acquire(bytes);
    }
  }

  @Override
  public void release(long base, long bytes) {
    supply.release(base, bytes);
  }
}
