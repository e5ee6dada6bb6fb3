package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one thread does alone. */
final class OneHeapCases {

  private static final int STEPS = 40_000;
  private static final int MOST_LIVE = 600;
  private static final int MANY = 20_000;
  private static final int FEW = 20;

  private final BoxRules rules;

  OneHeapCases(BoxRules rules) {
    this.rules = rules;
  }

  void refill() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    for (Bin bin : test.bins(heap)) {
      bin.handler().refill(heap, bin);
      String which = "%s: refill of class %d B".formatted(test.box.name(), bin.blockBytes());
      assertThat(bin.hasFreeBlocks() || !bin.isDirect())
          .withFailMessage("%s left the bin without a free block", which)
          .isTrue();
      test.supply.failAt(0);
      Throwable thrown = catchThrowable(() -> live.allocate(heap, bin.blockBytes()));
      test.supply.failAt(-1);
      assertThat(thrown)
          .withFailMessage("%s left the bin without a free block: then %s", which, thrown)
          .isNull();
    }
    live.freeAll();
    rules.assertAllBack(test, heap);
  }

  void allocateFromEachBin() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    for (Bin bin : test.bins(heap)) {
      Set<Long> blocks = new HashSet<>();
      for (int i = 0; i < fewOf(bin.blockBytes()); i++) {
        long block = bin.handler().allocate(heap, bin);
        assertThat(blocks.add(block))
            .withFailMessage(
                "%s: the block of %d B at 0x%x was handed out twice",
                test.box.name(), bin.blockBytes(), block)
            .isTrue();
        checkBlock(test, heap, bin.blockBytes(), block);
      }
    }
  }

  /** Blocks that are there already, by the calls that serve what is no matter of a slow path. */
  void allocateAndFreeAtOnce() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    for (Bin bin : test.bins(heap)) {
      long first = bin.handler().allocate(heap, bin); // Now the bin has a page.
      Set<Long> blocks = new HashSet<>(Set.of(first));
      for (long i = 1; i < fewOf(bin.blockBytes()); i++) {
        long block = bin.handler().allocateAtOnce(heap, bin);
        if (block != 0) {
          assertThat(blocks.add(block))
              .withFailMessage(
                  "%s: allocateAtOnce handed the block of %d B at 0x%x out twice",
                  test.box.name(), bin.blockBytes(), block)
              .isTrue();
          checkBlock(test, heap, bin.blockBytes(), block);
        }
      }
      assertThat(test.liveBytes())
          .as("%s: live bytes of blocks of %d B", test.box.name(), bin.blockBytes())
          .isEqualTo(blocks.size() * bin.blockBytes());
      blocks.forEach(block -> freeAtOnce(test, heap, block));
    }
    rules.assertAllBack(test, heap);
  }

  /** A handler that says no has done nothing. */
  private static void freeAtOnce(BoxUnderTest test, LocalHeap heap, long block) {
    Page page = test.directory.lookup(block);
    int number = (int) ((block - page.base()) / page.blockBytes());
    boolean done = page.handler().freeAtOnce(heap, page, number);
    assertThat(page.isLive(block))
        .withFailMessage(
            "%s: freeAtOnce of 0x%x returned %b, which the page does not show",
            page.handler().name(), block, done)
        .isEqualTo(!done);
    if (!done) {
      test.frees.free(block);
    }
  }

  /** Enough of large blocks for a second page, and no more than the supply has for all classes. */
  private static long fewOf(long blockBytes) {
    return Math.max(3, Math.min(FEW, PageTable.REACH_BYTES / blockBytes));
  }

  private static void checkBlock(BoxUnderTest test, LocalHeap heap, long bytes, long block) {
    Page page = test.directory.lookup(block);
    String which = "%s: the block of %d B at 0x%x".formatted(test.box.name(), bytes, block);
    assertThat(page.isLive(block))
        .withFailMessage("%s is no live block of a page that is registered", which)
        .isTrue();
    assertThat(page.blockBytes())
        .withFailMessage("%s lies in a page of blocks of %d B", which, page.blockBytes())
        .isEqualTo(bytes);
    assertThat(page.owner())
        .withFailMessage("%s lies in a page that the heap does not own", which)
        .isSameAs(heap);
    long alignment = test.box.alignsBlocks() ? Long.lowestOneBit(bytes) : 16;
    assertThat(block % Math.min(alignment, PageKey.PAGE_BYTES))
        .withFailMessage("%s must be a multiple of %d", which, alignment)
        .isZero();
  }

  void randomSequence() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    long[] sizes = test.box.blockSizes();
    for (int i = 0; i < STEPS; i++) {
      if (live.isTimeToFree(MOST_LIVE)) {
        live.freeAny();
      } else {
        live.allocate(heap, sizes[live.random(sizes.length)]);
      }
    }
    test.checkInvariants(heap);
    assertLive(test, live);
    live.freeAll();
    assertLive(test, live);
    rules.assertAllBack(test, heap);
  }

  static void assertLive(BoxUnderTest test, LiveBlocks live) {
    long told = test.liveBytes();
    assertThat(told)
        .withFailMessage(
            "%s: report() tells of %d live bytes, callers hold %d",
            live.who(), told, live.liveBytes())
        .isEqualTo(live.liveBytes());
  }

  void manyFrees() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    long bytes = test.box.blockSizes()[0];
    for (int i = 0; i < LiveBlocks.blocks(bytes, MANY); i++) {
      live.allocate(heap, bytes);
    }
    live.freeAll();
    test.checkInvariants(heap);
    rules.assertAllBack(test, heap);
  }

  void freedBlocksAreUsedAgain() {
    for (long bytes : rules.newBox().box.blockSizes()) {
      freedBlocksAreUsedAgain(bytes);
    }
  }

  private void freedBlocksAreUsedAgain(long bytes) {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    int blocks = (int) Math.max(3, 3 * PageKey.PAGE_BYTES / bytes);
    long most = 0;
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < blocks; i++) {
        live.allocate(heap, bytes);
      }
      most = round == 0 ? test.supply.outBytes() + roomForHeld(test) : most;
      assertThat(test.supply.outBytes())
          .withFailMessage(
              "%s: %d blocks of %d B were freed and allocated again, and %d bytes are out, at most %d"
                  + " must be: freed blocks are not used again",
              live.who(), blocks, bytes, test.supply.outBytes(), most)
          .isLessThanOrEqualTo(most);
      live.freeAll();
    }
    rules.assertAllBack(test, heap);
  }

  /** Held blocks make a box take one run more, beside the room for them. */
  private long roomForHeld(BoxUnderTest test) {
    long held = rules.mostHeldBytes();
    return held == 0 ? 0 : PageKey.roundUp(held) + longestRun(test);
  }

  private static long longestRun(BoxUnderTest test) {
    return test.supply.outRuns().stream().mapToLong(run -> run.memory().byteSize()).max().orElse(0);
  }

  void badFrees() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    List<Long> blocks = new ArrayList<>();
    for (long bytes : test.box.blockSizes()) {
      blocks.add(heap.allocate(bytes));
      blocks.add(heap.allocate(bytes));
    }
    blocks.forEach(block -> assertRefused(test, block + 1, "a free inside of the block at"));
    for (long block : blocks) {
      test.frees.free(block);
      assertRefused(test, block, "a second free of");
    }
    blocks.forEach(block -> assertRefused(test, block, "a second free of"));
    assertRefused(test, 0, "a free of");
    assertRefused(test, -1, "a free of");
    test.checkInvariants(heap);
    rules.assertAllBack(test, heap);
  }

  private static void assertRefused(BoxUnderTest test, long address, String what) {
    Throwable thrown = catchThrowable(() -> test.frees.free(address));
    assertThat(thrown)
        .withFailMessage(
            "%s: %s 0x%x was not refused, but: %s", test.box.name(), what, address, thrown)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no live block");
  }
}
