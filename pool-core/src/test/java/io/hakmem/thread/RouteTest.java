package io.hakmem.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LoneHeaps;
import io.hakmem.heap.NoHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which bin serves which size. */
final class RouteTest {

  private static Bin bin(int sizeClass, long blockBytes) {
    return new Bin(LoneHeaps.of(null), new NoHandler(), sizeClass, blockBytes);
  }

  @Test
  void over_ascendingBins_sendsEachSizeToTheSmallestThatHoldsIt() {
    Bin small = bin(0, 32);
    Bin large = bin(1, 80);

    assertThat(Route.over(List.of(small, large)))
        .containsExactly(small, small, small, large, large, large);
  }
}
