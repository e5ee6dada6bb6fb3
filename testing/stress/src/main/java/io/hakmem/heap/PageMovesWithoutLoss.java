package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A page that comes to the inbox of a dead heap while an adopter takes it over is found there by
 * the adopter, or sent on to it; it never stays behind.
 *
 * <p>Results: whether the inbox took the page, pages for the adopter, pages left behind.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Found.")
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Sent on.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Left behind.")
@State
public class PageMovesWithoutLoss {

  private final LocalHeap dead = Given.heap();
  private final LocalHeap adopter = Given.heap();
  private final Page page = Given.pageOf(dead);

  @Actor
  public void remote(III_Result r) {
    r.r1 = dead.inbox().add(page) ? 1 : 0;
  }

  @Actor
  public void adopter(III_Result r) {
    page.changeOwner(dead, adopter);
    r.r2 = dead.inbox().take(Given.HANDLER) == page ? 1 : 0;
  }

  @Arbiter
  public void rest(III_Result r) {
    r.r3 = Given.count(dead.inbox().takeAll());
  }

  /** Whose the page is, is asked before the monitor is entered. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 0", "0, 0, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Found, or sent on.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Left behind.")
  @State
  public static class Weakened {

    private final LocalHeap owner = Given.heap();
    private final LocalHeap adopter = Given.heap();
    private final WeakInbox dead = new WeakInbox();
    private final Page page = Given.pageOf(owner);

    @Actor
    public void remote(III_Result r) {
      r.r1 = dead.queueOfOwner(page, owner) ? 1 : 0;
    }

    @Actor
    public void adopter(III_Result r) {
      page.changeOwner(owner, adopter);
      r.r2 = Given.count(dead.takeGuarded());
    }

    @Arbiter
    public void rest(III_Result r) {
      r.r3 = Given.count(dead.take());
    }
  }
}
