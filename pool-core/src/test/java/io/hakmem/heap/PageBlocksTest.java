package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** A page's blocks, without a heap around them; no memory is behind the addresses. */
final class PageBlocksTest {

  private static final long BASE = 16 * PageKey.PAGE_BYTES;
  private static final int BLOCK_BYTES = 256;
  private static final int BLOCKS = PageKey.PAGE_BYTES / BLOCK_BYTES;

  private final Page page =
      new Page(
          new NoHandler(),
          BASE,
          PageKey.PAGE_BYTES,
          BLOCK_BYTES,
          BLOCKS - 1,
          MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]));

  private void popAll() {
    while (!page.isFull()) {
      page.pop();
    }
    page.settle();
  }

  /** No page, but its blocks. */
  private static final class Blocks extends RemoteFrees {

    private Blocks(int capacity) {
      super(BASE, 16, capacity);
    }

    @Override
    void free(LocalHeap heap, long address) {
      throw new IllegalStateException("nobody drains it");
    }
  }

  private static long block(int index) {
    return BASE + (long) index * BLOCK_BYTES;
  }

  @Test
  void roundUp_aroundAPage_isTheNextWholePage() {
    assertThat(PageKey.roundUp(0)).isZero();
    assertThat(PageKey.roundUp(1)).isEqualTo(PageKey.PAGE_BYTES);
    assertThat(PageKey.roundUp(PageKey.PAGE_BYTES)).isEqualTo(PageKey.PAGE_BYTES);
    assertThat(PageKey.roundUp(PageKey.PAGE_BYTES + 1)).isEqualTo(2 * PageKey.PAGE_BYTES);
  }

  @Test
  void capacity_atAndAboveTheMost_isTakenAndRefused() {
    assertThat(new Blocks(PageBlocks.MOST_BLOCKS).capacity()).isEqualTo(PageBlocks.MOST_BLOCKS);
    assertThatThrownBy(() -> new Blocks(PageBlocks.MOST_BLOCKS + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity=16385 must be in [0, 16384] blocks");
  }

  @Test
  void isStart_ofBlocksAndBetweenThem_isTrueForBlocksOnly() {
    assertThat(page.isStart(block(0))).isTrue();
    assertThat(page.isStart(block(BLOCKS - 2))).isTrue();
    assertThat(page.isStart(block(BLOCKS - 1))).as("the tail").isFalse();
    assertThat(page.isStart(block(1) - 1)).isFalse();
    assertThat(page.isStart(block(1) + 1)).isFalse();
    assertThat(page.isStart(BASE + (1L << 32))).isFalse();
  }

  @Test
  void waiting_blocksOfSeveralGroups_countsEachUntilTheDrain() {
    popAll();
    int[] freed = {0, 63, 64, 127, BLOCKS - 2};
    for (int index : freed) {
      assertThat(page.claimRemote(block(index))).isTrue();
      assertThat(page.claimRemote(block(index))).as("freed twice").isFalse();
    }
    assertThat(page.claimRemote(block(1) + 1)).as("inside a block").isFalse();
    assertThat(page.waiting()).isEqualTo(freed.length);
    assertThat(page.used).isEqualTo(BLOCKS - 1);

    assertThat(page.drain()).isEqualTo(freed.length);

    assertThat(page.waiting()).isZero();
    assertThat(page.used).isEqualTo(BLOCKS - 1 - freed.length);
    assertThat(page.countFree()).isEqualTo(freed.length);
  }

  @Test
  void isMissed_claimedAndNotQueued_untilItIsQueuedOrDrained() {
    popAll();
    assertThat(page.isMissed()).isFalse();
    page.claimRemote(block(BLOCKS - 2));
    assertThat(page.isMissed()).isTrue();
    page.claimQueue();
    assertThat(page.isMissed()).as("queued").isFalse();
    page.beginDrain();
    assertThat(page.isMissed()).isTrue();
    page.drain();
    assertThat(page.isMissed()).as("drained").isFalse();
  }

  @Test
  void takePopped_afterPopsAndPushes_countsPopsOnce() {
    page.pop();
    page.push(page.pop());

    assertThat(page.settledPopped() + page.countUsed() - page.settledUsed())
        .as("before it is settled")
        .isEqualTo(2);
    page.settle();
    assertThat(page.settledPopped() + page.countUsed() - page.settledUsed())
        .as("after it is settled")
        .isEqualTo(2);
    assertThat(page.takePopped()).isEqualTo(2);

    assertThat(page.settledPopped() + page.countUsed() - page.settledUsed()).isZero();
    assertThat(page.used).isEqualTo(1);
  }

  @Test
  void contains_atTheEnds_isTrueInsideOnly() {
    assertThat(page.contains(BASE)).isTrue();
    assertThat(page.contains(BASE + PageKey.PAGE_BYTES - 1)).isTrue();
    assertThat(page.contains(BASE - 1)).isFalse();
    assertThat(page.contains(BASE + PageKey.PAGE_BYTES)).isFalse();
  }

  @Test
  void isPinned_afterPins_untilTheLastIsTakenBack() {
    assertThat(page.isPinned()).isFalse();
    page.pin();
    page.pin();
    page.unpin();
    assertThat(page.isPinned()).isTrue();
    page.unpin();
    assertThat(page.isPinned()).isFalse();
  }

  @Test
  void withHeaders_always_leavesRoomInFrontOfEachBlock() {
    MemorySegment memory = MemorySegment.ofArray(new long[PageKey.PAGE_BYTES / Long.BYTES]);

    Page headed = Page.withHeaders(new NoHandler(), BASE, memory, 240, 16);

    assertThat(headed.base()).isEqualTo(BASE + 16);
    assertThat(headed.runBase()).isEqualTo(BASE);
    assertThat(headed.blockBytes()).isEqualTo(240);
    assertThat(headed.capacity()).isEqualTo(BLOCKS);
    assertThat(headed.isStart(BASE + 16 + 256)).isTrue();
    assertThat(headed.memory().byteSize()).isEqualTo(PageKey.PAGE_BYTES - 16);
  }

  @Test
  void isRegistered_afterTheDirectorySaidSo_saysIt() {
    page.registered(true);
    assertThat(page.isRegistered()).isTrue();
    page.registered(false);
    assertThat(page.isRegistered()).isFalse();
  }
}
