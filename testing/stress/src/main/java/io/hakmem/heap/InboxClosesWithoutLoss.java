package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A page that comes to the inbox of a dead heap while an adopter closes it is handed to the
 * adopter, or refused; it never stays behind.
 *
 * <p>Results: whether the inbox took the page, pages for the adopter, pages left behind.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "For the adopter.")
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Left behind.")
@State
public class InboxClosesWithoutLoss {

  private final LocalHeap dead = Given.heap();
  private final Page coming = Given.livePage(1);

  @Actor
  public void remote(III_Result r) {
    r.r1 = dead.queue(coming) ? 1 : 0;
  }

  @Actor
  public void adopter(III_Result r) {
    r.r2 = Given.count(dead.closeInbox(Given.HANDLER));
  }

  @Arbiter
  public void rest(III_Result r) {
    r.r3 = Given.count(dead.takeQueued());
  }

  /** Whether the inbox is closed is asked before the monitor is entered. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 0", "0, 0, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "For the adopter, or refused.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Left behind.")
  @State
  public static class Weakened {

    private final WeakInbox dead = new WeakInbox();
    private final Page coming = Given.livePage(1);

    @Actor
    public void remote(III_Result r) {
      r.r1 = dead.queueUnlessClosed(coming) ? 1 : 0;
    }

    @Actor
    public void adopter(III_Result r) {
      r.r2 = Given.count(dead.close());
    }

    @Arbiter
    public void rest(III_Result r) {
      r.r3 = Given.count(dead.take());
    }
  }
}
