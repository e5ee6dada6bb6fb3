package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Blocks that were freed and are kept back: no caller has them, and nobody gets them. */
final class HeldBlocksTest {

  private static final long BASE = 16 * PageKey.PAGE_BYTES;
  private static final int BLOCK_BYTES = 256;
  private static final int BLOCKS = PageKey.PAGE_BYTES / BLOCK_BYTES;

  private final FreePath frees = new FreePath(address -> {}, true);
  private final LocalHeap heap = LoneHeaps.of(Thread.currentThread(), frees);
  private final Bin bin = new Bin(heap, new NoHandler(), 0, BLOCK_BYTES);
  private final Page page = pageOf(new NoHandler());

  private static Page pageOf(PageHandler handler) {
    return new Page(
        handler,
        BASE,
        PageKey.PAGE_BYTES,
        BLOCK_BYTES,
        BLOCKS,
        MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]));
  }

  private Page owned(Page of) {
    PageTable table = new PageTable(PageTable.FEWEST_SLOTS);
    table.enter(of, of);
    of.changeOwner(null, heap);
    heap.own(of, bin, table);
    return of;
  }

  private long[] popAll() {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = bin.pop();
    }
    return blocks;
  }

  @Test
  void hold_liveBlock_isNeitherLiveNorFree() {
    owned(page);
    long block = bin.pop();

    page.hold(block);

    assertThat(page.isHeld(block)).isTrue();
    assertThat(page.isLive(block)).isFalse();
    assertThat(page.heldBlocks()).isEqualTo(1);
    assertThat(page.usedBlocks()).isEqualTo(1);
    assertThat(page.liveBlocks()).isZero();
    assertThat(page.isEmpty()).isFalse();
    assertThat(page.countFree()).isEqualTo(BLOCKS - 1);
    assertThat(bin.pop()).as("the next block").isNotEqualTo(block);
  }

  @Test
  void hold_heldOrFreeOrNoBlock_isRefused() {
    owned(page);
    long block = bin.pop();
    page.hold(block);
    for (long address : new long[] {block, block + 16, block + BLOCK_BYTES}) {
      assertThatThrownBy(() -> page.hold(address))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("0x%x is no live block of page 0x%x", address, BASE);
    }
    assertThat(page.heldBlocks()).isEqualTo(1);
  }

  @Test
  void free_ofAHeldBlock_isNoHitAndNotClaimed() {
    owned(page);
    long block = bin.pop();
    page.hold(block);
    frees.free(block);
    assertThat(page.isHeld(block)).as("after a free on the heap's own way").isTrue();
    assertThat(page.claimRemote(block)).as("claimed by another thread").isFalse();
    assertThat(page.waiting()).isZero();
  }

  @Test
  void takeBack_heldBlock_isFreeAgainOnce() {
    owned(page);
    long[] blocks = popAll();
    assertThat(bin.hasFreeBlocks()).isFalse();
    page.hold(blocks[3]);

    heap.takeBack(page, blocks[3]);

    assertThat(page.heldBlocks()).isZero();
    assertThat(page.countFree()).isEqualTo(1);
    assertThatThrownBy(() -> heap.takeBack(page, blocks[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0x%x is no block in use of page 0x%x", blocks[3], BASE);
    assertThat(bin.pop()).isEqualTo(blocks[3]);
  }

  @Test
  void takeBackHeld_fullPage_takesAllBackAndLetsTheBinUseThem() {
    owned(page);
    long[] blocks = popAll();
    bin.dropCurrent();
    for (int i = 0; i < BLOCKS; i += 2) {
      page.hold(blocks[i]);
    }

    assertThat(heap.takeBackHeld(page)).isEqualTo(BLOCKS / 2);

    assertThat(page.heldBlocks()).isZero();
    assertThat(page.liveBlocks()).isEqualTo(BLOCKS / 2);
    assertThat(page.countFree()).isEqualTo(BLOCKS / 2);
    assertThat(bin.hasFreeBlocks()).isTrue();
    assertThat(heap.takeBackHeld(page)).as("a second time").isZero();
  }

  @Test
  void takeBackHeld_lastBlocksOfAPage_countsItAsEmptied() {
    owned(page);
    long block = bin.pop();
    bin.dropCurrent();
    page.hold(block);
    heap.forgetEmptied();
    heap.takeBackHeld(page);
    assertThat(page.isEmpty()).isTrue();
    assertThat(heap.emptied).isEqualTo(1);
  }

  /** Holds what is freed. */
  private record Holding() implements PageHandler {

    @Override
    public String name() {
      return "holding";
    }

    @Override
    public void free(LocalHeap heap, Page page, long address) {
      page.hold(address);
    }

    @Override
    public void freeRemote(Page page, long address) {
      throw new UnsupportedOperationException("freeRemote");
    }
  }

  @Test
  void drainThroughHandler_remotelyFreedBlocks_givesEachToTheHandler() {
    Page holding = owned(pageOf(new Holding()));
    long[] blocks = popAll();
    for (int i : new int[] {0, 64, 100}) {
      assertThat(holding.claimRemote(blocks[i])).isTrue();
    }

    assertThat(heap.drainThroughHandler(holding)).isEqualTo(3);

    assertThat(holding.waiting()).isZero();
    assertThat(holding.heldBlocks()).isEqualTo(3);
    assertThat(holding.isHeld(blocks[64])).isTrue();
    assertThat(holding.liveBlocks()).isEqualTo(BLOCKS - 3);
    assertThat(holding.isFull()).isTrue();
    assertThat(heap.takeBackHeld(holding)).isEqualTo(3);
    assertThat(holding.countFree()).isEqualTo(3);
  }

  @Test
  void popped_withHeldBlocks_countsEachAllocationOnce() {
    owned(page);
    long first = bin.pop();
    bin.pop();
    page.hold(first);
    assertThat(page.settledPopped() + page.usedBlocks() - page.settledUsed()).isEqualTo(2);
    heap.takeBack(page, first);
    assertThat(page.settledPopped() + page.usedBlocks() - page.settledUsed()).isEqualTo(2);
  }
}
