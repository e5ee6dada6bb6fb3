package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.PageKey;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** What a box does when there is no memory. */
final class MemoryCases {

  private static final int FEW = 12;

  /** Classes that may have blocks at the same time, if they are large ones. */
  private static final int ROOM_FACTOR = 20;

  private static final int MOST = 200_000;
  private static final long LIMIT_BYTES = 40L * PageKey.PAGE_BYTES;

  private final BoxRules rules;

  MemoryCases(BoxRules rules) {
    this.rules = rules;
  }

  void failingAtEachCall() {
    BoxUnderTest counted = rules.newBox();
    counted.supply.failAt(-1);
    allocateAndFree(counted);
    int calls = counted.supply.calls();
    assertThat(calls)
        .withFailMessage("%s: acquire was never called", counted.box.name())
        .isPositive();
    for (int call = 0; call < calls; call++) {
      BoxUnderTest test = rules.newBox();
      test.supply.failAt(call);
      Throwable thrown = catchThrowable(() -> allocateAndFree(test));
      assertThat(thrown)
          .withFailMessage(
              "%s: call %d of acquire failed, and the allocation must throw its"
                  + " OutOfNativeMemoryException, but: %s",
              test.box.name(), call, thrown)
          .isInstanceOf(OutOfNativeMemoryException.class)
          .hasMessageContaining("was told to fail");
      test.supply.failAt(-1);
      allocateAndFree(test);
    }
  }

  /** Leaves nothing behind when it ends, nor when it is refused memory. */
  private void allocateAndFree(BoxUnderTest test) {
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    try {
      for (long bytes : test.box.blockSizes()) {
        for (int i = 0; i < LiveBlocks.blocks(ROOM_FACTOR * bytes, FEW); i++) {
          live.allocate(heap, bytes);
        }
      }
    } finally {
      live.freeAll();
      test.checkInvariants(heap);
      rules.assertAllBack(test, heap);
    }
  }

  void limit() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    test.supply.limit(LIMIT_BYTES);
    long[] sizes = test.box.blockSizes();
    Set<Long> some =
        new TreeSet<>(Arrays.asList(sizes[0], sizes[sizes.length / 2], sizes[sizes.length - 1]));
    for (long bytes : some) {
      allocateUntilRefused(test, heap, live, bytes);
      OneHeapCases.assertLive(test, live);
      test.checkInvariants(heap);
      live.freeAll();
      test.flush(heap);
      OneHeapCases.assertLive(test, live);
    }
    rules.assertAllBack(test, heap);
  }

  /** Also that a block which is freed at the limit makes room for another of its size. */
  private void allocateUntilRefused(
      BoxUnderTest test, LocalHeap heap, LiveBlocks live, long bytes) {
    Throwable thrown = null;
    for (int i = 0; i < MOST && thrown == null; i++) {
      thrown = catchThrowable(() -> live.allocate(heap, bytes));
    }
    assertThat(thrown)
        .withFailMessage(
            "%s: with %d of %d bytes out an allocation of %d B must throw"
                + " OutOfNativeMemoryException, but: %s",
            live.who(), test.supply.outBytes(), LIMIT_BYTES, bytes, thrown)
        .isInstanceOf(OutOfNativeMemoryException.class)
        .hasMessageContaining("the limit is");
    assertThat(live.count())
        .withFailMessage("%s: nothing of %d B was served below the limit", live.who(), bytes)
        .isPositive();
    live.freeAny();
    Throwable again = catchThrowable(() -> live.allocate(heap, bytes));
    assertThat(again)
        .withFailMessage(
            "%s: a block of %d B was freed at the limit, and the next allocation must get it, but: %s",
            live.who(), bytes, again)
        .isNull();
  }
}
