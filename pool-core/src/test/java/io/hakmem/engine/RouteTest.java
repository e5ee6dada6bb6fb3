package io.hakmem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.Bin;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.NoBox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which bin serves which size. */
final class RouteTest {

  private static final LocalHeap.SlowPath NEVER =
      new LocalHeap.SlowPath() {
        @Override
        public long allocateSlow(LocalHeap heap, long bytes) {
          throw new UnsupportedOperationException("allocateSlow");
        }

        @Override
        public void collectSlow(LocalHeap heap) {
          throw new UnsupportedOperationException("collectSlow");
        }
      };

  private static Bin bin(int sizeClass, long blockBytes) {
    FreePath frees = new FreePath(address -> {}, true);
    LocalHeap heap =
        new LocalHeap(null, NEVER, address -> Page.NONE, frees, 1, new Interval(() -> 0, 1));
    return new Bin(heap, new NoBox(), sizeClass, blockBytes);
  }

  @Test
  void over_ascendingBins_sendsEachSizeToTheSmallestThatHoldsIt() {
    Bin small = bin(0, 32);
    Bin large = bin(1, 80);

    assertThat(Route.over(List.of(small, large)))
        .containsExactly(small, small, small, large, large, large);
  }
}
