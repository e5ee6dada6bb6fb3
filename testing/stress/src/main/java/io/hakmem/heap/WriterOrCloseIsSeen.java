package io.hakmem.heap;

import java.lang.foreign.Arena;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread that says that it writes to a block, and then finds its heap open, may write: the close
 * of the allocator sees it after a handshake, and waits.
 *
 * <p>Results: whether the thread sees the close, whether the close sees the thread.
 */
@JCStressTest
@Outcome(
    id = {"0, 1", "1, 0", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "One sees the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A thread writes to memory that is gone.")
@State
public class WriterOrCloseIsSeen {

  private final LocalHeap heap = Given.heap();

  @Actor
  public void writer(II_Result r) {
    heap.access().isWriting = true;
    r.r1 = heap.isClosed() ? 1 : 0;
  }

  @Actor
  @SuppressWarnings("MustBeClosedChecker") // It is, at once.
  public void closer(II_Result r) {
    heap.close();
    Arena.ofShared().close();
    r.r2 = heap.access().isWriting ? 1 : 0;
  }

  /** No handshake: the write of the flag may be seen late. */
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0", "1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "One sees the other.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A thread writes to memory that is gone.")
  @State
  public static class Weakened {

    private final LocalHeap heap = Given.heap();

    @Actor
    public void writer(II_Result r) {
      heap.access().isWriting = true;
      r.r1 = heap.isClosed() ? 1 : 0;
    }

    @Actor
    public void closer(II_Result r) {
      heap.close();
      r.r2 = heap.access().isWriting ? 1 : 0;
    }
  }
}
