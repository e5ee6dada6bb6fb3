package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.heap.LocalHeap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** What a box does when what it calls throws an Error, as every call of a JVM may. */
final class ErrorCases {

  private static final int FEW = 12;

  /** Classes that may have blocks at the same time, if they are large ones. */
  private static final int ROOM_FACTOR = 20;

  /** The first and the last ones count: a box with small pages makes thousands of calls. */
  private static final int MOST_CALLS = 60;

  private final BoxRules rules;

  ErrorCases(BoxRules rules) {
    this.rules = rules;
  }

  void supply() {
    int calls =
        run(
            test -> {
              test.supply.failWith(() -> new InternalError("acquire was told to fail"));
              test.supply.failAt(-1);
            },
            test -> test.supply.failAt(-1),
            test -> test.supply.calls());
    for (int call = 0; call < calls; call = next(call, calls)) {
      int failing = call;
      run(
          test -> {
            test.supply.failWith(() -> new InternalError("acquire was told to fail"));
            test.supply.failAt(failing);
          },
          test -> test.supply.failAt(-1),
          test -> 0);
    }
  }

  void directory(WindowOfSupply.Call kind) {
    int calls =
        run(test -> test.directory.failAt(kind, -1), test -> {}, test -> test.directory.calls());
    for (int call = 0; call < calls; call = next(call, calls)) {
      int failing = call;
      run(
          test -> test.directory.failAt(kind, failing),
          test -> test.directory.failAt(kind, -1),
          test -> 0);
    }
  }

  private static int next(int call, int calls) {
    boolean isSkipped = calls > MOST_CALLS && call == MOST_CALLS / 2;
    return isSkipped ? calls - MOST_CALLS / 2 : call + 1;
  }

  /** What threw an Error is done again once, after it is healed. */
  private int run(
      Consumer<BoxUnderTest> before,
      Consumer<BoxUnderTest> heal,
      ToIntFunction<BoxUnderTest> count) {
    BoxUnderTest test = rules.newBox();
    before.accept(test);
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    retry(test, heal, () -> allocate(test, heap, live));
    OneHeapCases.assertLive(test, live);
    retry(test, heal, live::freeAny);
    while (live.count() > 0) {
      retry(test, heal, live::freeAny);
    }
    retry(test, heal, () -> test.flush(heap));
    int calls = count.applyAsInt(test);
    heal.accept(test);
    test.checkInvariants(heap);
    rules.assertAllBack(test, heap);
    return calls;
  }

  private static void retry(BoxUnderTest test, Consumer<BoxUnderTest> heal, Runnable operation) {
    Throwable thrown = catchThrowable(operation::run);
    if (thrown != null) {
      assertThat(thrown)
          .withFailMessage("%s: what was told to fail threw %s", test.box.name(), thrown)
          .isInstanceOf(InternalError.class);
      heal.accept(test);
      operation.run();
    }
  }

  private static void allocate(BoxUnderTest test, LocalHeap heap, LiveBlocks live) {
    for (long bytes : test.box.blockSizes()) {
      for (int i = 0; i < LiveBlocks.blocks(ROOM_FACTOR * bytes, FEW); i++) {
        live.allocate(heap, bytes);
      }
    }
  }
}
