package io.hakmem.thread;

import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.PageLookup;
import io.hakmem.stress.Unused;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * While threads get their heaps, each finds its own or none, however old the table is that it
 * reads.
 *
 * <p>Results: what the one thread finds after it got its heap, what the other finds before, and
 * after; 1 its own, 0 nobody's, -1 another thread's.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Each its own.")
@Outcome(
    id = {"0, 0, 1", "1, 0, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "Two threads share a slot.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Another thread's heap.")
@State
public class EveryThreadFindsItsOwnHeap {

  private static final LocalHeap.SlowPath NEVER_SLOW = Unused.of(LocalHeap.SlowPath.class);
  private static final PageLookup NO_LOOKUP = Unused.of(PageLookup.class);
  private static final FreePath NO_FREES = new FreePath(Unused.of(FreePath.SlowPath.class), true);
  private static final LocalHeap NOBODY = newHeap(null);

  private final HeapTable table =
      new HeapTable(NOBODY, EveryThreadFindsItsOwnHeap::newHeap, ended -> {}, true);

  private static LocalHeap newHeap(@Nullable Thread thread) {
    return new LocalHeap(thread, NEVER_SLOW, NO_LOOKUP, NO_FREES, 1, new Interval(() -> 0, 1));
  }

  private static int whose(LocalHeap heap) {
    return heap == NOBODY ? 0 : heap.thread() == Thread.currentThread() ? 1 : -1;
  }

  @Actor
  public void one(III_Result r) {
    table.register(Thread.currentThread());
    r.r1 = whose(table.current());
  }

  @Actor
  public void other(III_Result r) {
    r.r2 = whose(table.current());
    table.register(Thread.currentThread());
    r.r3 = whose(table.current());
  }

  /** The first heap is taken without a look at its thread. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Each its own.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Another thread's heap.")
  @State
  public static class Weakened {

    private LocalHeap first = NOBODY;

    private synchronized void register() {
      if (first == NOBODY) {
        first = newHeap(Thread.currentThread());
      }
    }

    @Actor
    public void one(III_Result r) {
      register();
      r.r1 = whose(first);
    }

    @Actor
    public void other(III_Result r) {
      r.r2 = whose(first);
      register();
      r.r3 = whose(first);
    }
  }
}
