package io.hakmem.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.LonePool;
import io.hakmem.heap.NoHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bin of which the box is asked for each operation, until a front takes it over. */
final class AskedBinTest {

  private static final int SIZE_CLASS = 3;
  private static final int BLOCKS = 50;

  private final LonePool pool = LonePool.asked();
  private final LocalHeap heap = pool.newHeap();
  private final Bin bin = pool.bin(heap, SIZE_CLASS);

  private List<Long> allocate() {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(heap.allocate(bin.blockBytes()));
    }
    return blocks;
  }

  @Test
  void allocateAndFree_withBlocksInThePages_areServedByTheBoxAtOnce() {
    allocate().forEach(pool.frees::free);
    assertThat(pool.slowOperations()).as("the first allocation alone").isEqualTo(1);
    assertThat(bin.countPages()).as("pages that the heap could pop by itself").isZero();
    assertThat(pool.box.report().liveBytes()).isZero();
  }

  @Test
  void allocateAtOnce_afterThePagesLeftTheBin_hasNone() {
    allocate();
    assertThat(bin.handler().allocateAtOnce(heap, bin)).isNotZero();
    PagedBox.pagedBin(bin).unlistAll();
    assertThat(bin.handler().allocateAtOnce(heap, bin)).isZero();
  }

  @Test
  void refill_always_fillsTheBinBehindIt() {
    bin.handler().refill(heap, bin);
    assertThat(bin.isDirect()).isFalse();
    assertThat(bin.hasFreeBlocks()).isFalse();
    assertThat(bin.countPages()).isZero();
    assertThat(PagedBox.pagedBin(bin).hasFreeBlocks()).isTrue();
    assertThat(PagedBox.pagedBin(PagedBox.pagedBin(bin))).isSameAs(PagedBox.pagedBin(bin));
    pool.box.checkInvariants(heap);
  }

  @Test
  void handOver_always_isTheBinWithThePagesAndDirect() {
    NoHandler front = new NoHandler();
    NoHandler before = new NoHandler();
    Bin paged = PagedBox.pagedBin(bin);

    assertThat(bin.handOver(front)).isSameAs(paged);
    assertThat(paged.handOver(before)).isSameAs(paged);

    assertThat(paged.isDirect()).isTrue();
    assertThat(paged.handler()).isSameAs(before);
    assertThat(paged.formerHandler(before)).isSameAs(front);
    assertThat(paged.formerHandler(front)).isSameAs(pool.box);
    assertThatThrownBy(() -> paged.formerHandler(pool.box))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bin of 64 B was never handed over to pool-v1");
  }

  @Test
  void handOver_byAFront_makesOperationsHits() {
    LonePool taken = LonePool.takenOver();
    LocalHeap own = taken.newHeap();
    for (int i = 0; i < BLOCKS; i++) {
      taken.frees.free(own.allocate(bin.blockBytes()));
    }
    assertThat(taken.slowOperations()).as("the first allocation alone").isEqualTo(1);
  }
}
