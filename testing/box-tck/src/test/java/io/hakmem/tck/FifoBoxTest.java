package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract over a box that holds freed blocks, which says so. */
final class FifoBoxTest extends PoolBoxContract {

  private static final long BYTES = 1024;

  @Override
  protected PoolBoxProvider provider() {
    return FifoBox.provider();
  }

  @Override
  protected long mostHeldBytes() {
    return FifoBox.MOST_HELD_BYTES;
  }

  @Test
  void allocate_afterEachFree_getsTheBlocksInTheOrderOfTheirFrees() {
    BoxUnderTest test = new BoxUnderTest(List.of(provider()), settings());
    LocalHeap heap = test.newHeap(Thread.currentThread());
    int held = (int) (FifoBox.MOST_HELD_BYTES / BYTES);
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < 10 * held; i++) {
      blocks.add(heap.allocate(BYTES));
      test.frees.free(blocks.getLast());
    }
    assertThat(blocks.subList(0, held + 1)).doesNotHaveDuplicates();
    assertThat(blocks.subList(held + 1, 10 * held)).isEqualTo(blocks.subList(0, 9 * held - 1));
    Page page = test.directory.lookup(blocks.getLast());
    assertThat(page.isHeld(blocks.getLast())).isTrue();
    assertThat(page.heldBlocks()).isEqualTo(held);
    assertThat(test.liveBytes()).isZero();
  }
}
