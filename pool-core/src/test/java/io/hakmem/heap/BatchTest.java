package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that stack their unused blocks in batches: none of these blocks, and no page, is lost. */
final class BatchTest {

  private static final int BATCH = 8;
  private static final int SIZE_CLASS = 3;

  private final LonePool test = LonePool.takenOver();
  private final LocalHeap heap = test.newHeap();
  private final Bin bin = batched(heap);
  private int refills;

  private Bin batched(LocalHeap of) {
    Bin batched = test.bin(of, SIZE_CLASS);
    batched.batch(BATCH);
    return batched;
  }

  /** What a front does that takes batches. */
  private long allocate(LocalHeap from, Bin of) {
    if (!of.hasFreeBlocks() && !of.takeBatch()) {
      refills++;
      test.box.refill(from, of);
    }
    return of.pop();
  }

  private List<Long> allocate(int blocks) {
    List<Long> allocated = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      allocated.add(allocate(heap, bin));
    }
    return allocated;
  }

  private void assertAllBack(List<Long> blocks) {
    blocks.forEach(test.frees::free);
    test.box.checkInvariants(heap);
    test.box.flush(heap);
    assertThat(test.box.report().cachedBytes()).isZero();
    assertThat(test.outBytes()).isZero();
  }

  @Test
  void takeBatch_stackUsedUp_stacksSoManyNeighboursUntilThePageIsUsed() {
    List<Long> blocks = allocate(1);
    int capacity = test.pageOf(blocks.getFirst()).capacity();
    for (int i = 1; i < capacity; i++) {
      assertThat(bin.hasFreeBlocks()).as("block %d", i).isEqualTo(i % BATCH != 0);
      blocks.addAll(allocate(1));
      assertThat(blocks.getLast() - blocks.get(i - 1)).isEqualTo(bin.blockBytes());
    }
    assertThat(bin.takeBatch()).isFalse();
    assertThat(refills).isEqualTo(1);
    test.box.checkInvariants(heap);
    assertAllBack(blocks);
  }

  @Test
  void takeBatch_newestPageWasLeftForAnother_findsItsUnusedBlocks() {
    List<Long> blocks = allocate(1);
    int capacity = test.pageOf(blocks.getFirst()).capacity();
    blocks.addAll(allocate(capacity - 1 + BATCH));
    Page left = test.pageOf(blocks.getLast());
    for (int round = 0; round < 3; round++) {
      test.frees.free(blocks.removeFirst());
      blocks.addAll(allocate(1));
      assertThat(test.pageOf(blocks.getLast()))
          .as("turned to the page of the free")
          .isNotSameAs(left);
      test.box.checkInvariants(heap);
      blocks.addAll(allocate(BATCH));
      assertThat(test.pageOf(blocks.getLast())).isSameAs(left);
      test.box.checkInvariants(heap);
    }
    assertThat(refills).isEqualTo(2);
    assertThat(new HashSet<>(blocks)).hasSameSizeAs(blocks);
    assertAllBack(blocks);
  }

  @Test
  void collect_pageLeftWithUnusedBlocksIsEmpty_retiresIt() {
    List<Long> blocks = allocate(1);
    int capacity = test.pageOf(blocks.getFirst()).capacity();
    blocks.addAll(allocate(capacity - 1 + BATCH));
    List<Long> ofLeft = List.copyOf(blocks.subList(capacity, blocks.size()));
    Page left = test.pageOf(ofLeft.getFirst());
    test.frees.free(blocks.getFirst());
    blocks.set(0, allocate(heap, bin));
    ofLeft.forEach(test.frees::free);
    blocks.removeAll(ofLeft);
    assertThat(left.owner()).isSameAs(heap);
    test.collectSlow(heap);
    assertThat(left.owner()).isNull();
    assertThat(bin.takeBatch()).as("a batch of a page that left").isFalse();
    test.box.checkInvariants(heap);
    assertAllBack(blocks);
  }

  @Test
  void refill_pageComesBackFromTheStore_stacksOneBatchAnew() {
    List<Long> blocks = allocate(3 * BATCH);
    Page page = test.pageOf(blocks.getFirst());
    blocks.forEach(test.frees::free);
    bin.dropCurrent();
    test.collectSlow(heap);
    assertThat(page.owner()).isNull();
    blocks = allocate(BATCH);
    assertThat(test.pageOf(blocks.getLast())).isSameAs(page);
    assertThat(bin.hasFreeBlocks()).isFalse();
    blocks.addAll(allocate(page.capacity() - BATCH));
    assertThat(refills).isEqualTo(2);
    assertAllBack(blocks);
  }

  @Test
  void refill_newestPageHasUnusedBlocks_keepsThemInReach() {
    test.box.refill(heap, bin);
    List<Long> blocks = allocate(BATCH);
    test.box.refill(heap, bin);
    int capacity = test.pageOf(blocks.getFirst()).capacity();
    blocks.addAll(allocate(2 * capacity - BATCH));
    assertThat(refills).isZero();
    test.box.checkInvariants(heap);
    assertAllBack(blocks);
  }

  @Test
  void adopt_pageWithUnusedBlocks_servesAllOfThem() throws InterruptedException {
    int capacity = PageKey.PAGE_BYTES / (int) bin.blockBytes();
    List<Long> blocks = new ArrayList<>();
    test.onThread(
        mortal -> {
          Bin of = batched(mortal);
          for (int i = 0; i < capacity + BATCH; i++) {
            blocks.add(allocate(mortal, of));
          }
        });
    assertThat(refills).isEqualTo(2);
    blocks.addAll(allocate(capacity - BATCH));
    assertThat(refills).as("with the one that adopts").isEqualTo(3);
    assertThat(test.outBytes()).isEqualTo(2 * PageKey.PAGE_BYTES);
    test.box.checkInvariants(heap);
    assertAllBack(blocks);
  }

  @Test
  void drain_pageLeftWithUnusedBlocks_isListedAgain() throws InterruptedException {
    List<Long> blocks = allocate(BATCH);
    test.onThread(other -> blocks.forEach(test.frees::free));
    test.box.flush(heap);
    test.box.checkInvariants(heap);
    assertThat(test.box.report().liveBytes()).isZero();
    assertThat(bin.takeBatch()).isFalse();
    assertAllBack(List.of());
  }
}
