package io.hakmem.adapter;

import io.hakmem.AllocatorClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What began, and was not refused, keeps the memory: the close that comes then sees it after a
 * handshake. The first pair takes a cell for the thread, which is an atomic step as a later one is
 * not.
 *
 * <p>Results: whether the thread was refused, whether the memory was given back.
 */
@JCStressTest
@Outcome(
    id = {"0, 0", "1, 0", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "One sees the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Memory in use is given back.")
@State
public class LastEndOrCloseIsSeen {

  private volatile boolean isGivenBack;
  private final DeferredClose live = new DeferredClose(() -> isGivenBack = true, "the memory");

  @Actor
  public void user(II_Result r) {
    try {
      live.begin(1);
      live.end(1);
      live.begin(1);
    } catch (AllocatorClosedException refused) {
      r.r1 = 1;
    }
  }

  @Actor
  public void closer(II_Result r) {
    live.close();
    r.r2 = isGivenBack ? 1 : 0;
  }

  /** The sums are read before the close is said: what begins in between is seen by neither. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 0", "1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "One sees the other.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Memory in use is given back.")
  @State
  public static class Weakened {

    private volatile boolean isClosed;
    private final ThreadSums sums = new ThreadSums();

    @Actor
    public void user(II_Result r) {
      sums.begin(1);
      sums.end(1);
      sums.begin(1);
      r.r1 = isClosed ? 1 : 0;
    }

    @Actor
    public void closer(II_Result r) {
      r.r2 = sums.difference() == 0 ? 1 : 0;
      isClosed = true;
    }
  }
}
