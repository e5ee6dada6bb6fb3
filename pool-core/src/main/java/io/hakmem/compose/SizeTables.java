package io.hakmem.compose;

import io.hakmem.spi.Bin;
import io.hakmem.spi.LocalHeap;
import java.util.stream.LongStream;

/** The class tables a pool can be composed with. */
final class SizeTables {

  private static final long SMALLEST = 16;
  private static final long LARGEST = 64 << 10;
  private static final int STEPS_A_DOUBLING = 8;

  private SizeTables() {}

  /** Eight classes a doubling: at most an eighth of the request plus 16 bytes is lost. */
  static long[] fine() {
    LongStream.Builder sizes = LongStream.builder();
    for (long size = SMALLEST; size <= LARGEST; size += step(size)) {
      sizes.add(size);
    }
    return sizes.build().toArray();
  }

  /** 2, 4, 8, 16 and 32 KiB and the bridge classes 40 and 52 KiB of the original. */
  static long[] original() {
    return new long[] {2 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 40 << 10, 52 << 10};
  }

  /** One entry for every 16 bytes of size. */
  static Bin[] route(Bin[] bins) {
    long last = bins[bins.length - 1].blockBytes();
    Bin[] route = new Bin[(int) (last >>> LocalHeap.ROUTE_SHIFT) + 1];
    int at = 0;
    for (int step = 0; step < route.length; step++) {
      while (bins[at].blockBytes() < (long) step << LocalHeap.ROUTE_SHIFT) {
        at++;
      }
      route[step] = bins[at];
    }
    return route;
  }

  private static long step(long size) {
    return Math.max(SMALLEST, Long.highestOneBit(size) / STEPS_A_DOUBLING);
  }
}
