package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A free that relies on its page being queued is found by the drain that takes the page, or changes
 * nothing and says so. One block waits already, so the page is queued.
 *
 * <p>Results: whether the block is said to be freed, blocks of the drain, blocks that wait in the
 * end.
 */
@JCStressTest
@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "By this drain.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "Not at all: it is live.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or free though it is said to be live.")
@State
public class QueuedPageIsFreedInto {

  private final Page page = Given.livePage(2);

  public QueuedPageIsFreedInto() {
    page.claimRemote(Given.block(0));
    page.claimQueue();
  }

  @Actor
  public void remote(III_Result r) {
    r.r1 = page.claimQueued(Given.block(1)) ? 1 : 0;
  }

  @Actor
  public void owner(III_Result r) {
    r.r2 = page.drain();
  }

  @Arbiter
  public void left(III_Result r) {
    r.r3 = page.waiting();
  }

  /** Whether the page is queued is not looked at again behind the claim. */
  @JCStressTest
  @Outcome(
      id = {"1, 2, 0", "0, 1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Free, or live as the caller is told.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Lost.")
  @State
  public static class WeakenedToOneLook {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.ONE_LOOK_AT_QUEUE);

    public WeakenedToOneLook() {
      blocks.claimRemote(0);
      blocks.claimQueue();
    }

    @Actor
    public void remote(III_Result r) {
      r.r1 = blocks.claimQueued(1) ? 1 : 0;
    }

    @Actor
    public void owner(III_Result r) {
      r.r2 = blocks.drain();
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = blocks.waiting();
    }
  }

  /** The claim is undone while a drain may be at work. */
  @JCStressTest
  @Outcome(
      id = {"1, 2, 0", "0, 1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Free, or live as the caller is told.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Free though it is said to be live.")
  @State
  public static class WeakenedByUndo {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.UNDO_AT_ANY_TIME);

    public WeakenedByUndo() {
      blocks.claimRemote(0);
      blocks.claimQueue();
    }

    @Actor
    public void remote(III_Result r) {
      r.r1 = blocks.claimQueued(1) ? 1 : 0;
    }

    @Actor
    public void owner(III_Result r) {
      r.r2 = blocks.drain();
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = blocks.waiting();
    }
  }
}
