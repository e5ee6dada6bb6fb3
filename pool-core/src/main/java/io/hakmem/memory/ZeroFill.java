package io.hakmem.memory;

import io.hakmem.spi.Region;

/** Overwrites memory with zeros. */
public final class ZeroFill {

  private ZeroFill() {}

  /**
   * Fills a committed range with zeros. Any thread; the range must be the caller's.
   *
   * @throws IndexOutOfBoundsException if the range is not all in the region
   */
  public static void zero(Region region, long address, long bytes) {
    region.slice(address, bytes).fill((byte) 0);
  }
}
