package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A flush that drains a page of which the owner did not hear leaves it alone if another thread is
 * about to bring it to the inbox: a page that is there and may be queued once more closes the list
 * of the inbox to a ring. One block waits already, and nobody has queued the page.
 *
 * <p>Results: whether the free queues the page, blocks of the drain, whether the page is queued in
 * the end.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The free queues it.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The free queues it after the drain.")
@Outcome(id = "1, 2, 1", expect = Expect.ACCEPTABLE, desc = "The same, with nothing left in it.")
@Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "The drain takes both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or in an inbox though it may be queued again.")
@State
public class MissedPageIsQueuedOnce {

  private final Page page = Given.livePage(2);

  public MissedPageIsQueuedOnce() {
    page.claimRemote(Given.block(0));
  }

  @Actor
  public void remote(III_Result r) {
    page.claimRemote(Given.block(1));
    r.r1 = page.claimQueue() ? 1 : 0;
  }

  @Actor
  public void flush(III_Result r) {
    r.r2 = page.claimMissed() ? page.drain() : 0;
  }

  @Arbiter
  public void end(III_Result r) {
    r.r3 = page.isQueued() ? 1 : 0;
  }

  /** The flush looks whether the page is queued, and drains it without a claim. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "1, 1, 1", "1, 2, 1", "0, 2, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Queued once.")
  @Outcome(
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "In an inbox though it may be queued again.")
  @State
  public static class WeakenedByNoClaim {

    private final Page page = Given.livePage(2);

    public WeakenedByNoClaim() {
      page.claimRemote(Given.block(0));
    }

    @Actor
    public void remote(III_Result r) {
      page.claimRemote(Given.block(1));
      r.r1 = page.claimQueue() ? 1 : 0;
    }

    @Actor
    public void flush(III_Result r) {
      r.r2 = page.isMissed() ? page.drain() : 0;
    }

    @Arbiter
    public void end(III_Result r) {
      r.r3 = page.isQueued() ? 1 : 0;
    }
  }
}
