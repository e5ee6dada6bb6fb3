package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A free by another thread that is undone while the owner drains the page leaves a live block, or
 * is told that the owner was faster and the block is free. One block waits already.
 *
 * <p>Results: whether the free is undone, blocks of the drain, blocks that wait in the end.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Undone: it is live.")
@Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "The drain was faster.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Free though it is said to be live, or lost.")
@State
public class UndoneRemoteFreeIsLive {

  private final Page page = Given.livePage(2);

  public UndoneRemoteFreeIsLive() {
    page.claimRemote(Given.block(0));
    page.claimQueue();
  }

  @Actor
  public void remote(III_Result r) {
    page.claimRemote(Given.block(1));
    r.r1 = page.unclaimRemote(Given.block(1)) ? 1 : 0;
  }

  @Actor
  public void owner(III_Result r) {
    r.r2 = page.drain();
  }

  @Arbiter
  public void left(III_Result r) {
    r.r3 = page.waiting();
  }

  /** The claim is undone while a drain may be at work. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 0", "0, 2, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Live, or free as the caller is told.")
  @Outcome(
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Free though it is said to be live, or lost.")
  @State
  public static class WeakenedByUndo {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.UNDO_AT_ANY_TIME);

    public WeakenedByUndo() {
      blocks.claimRemote(0);
      blocks.claimQueue();
    }

    @Actor
    public void remote(III_Result r) {
      blocks.claimRemote(1);
      r.r1 = blocks.unclaim(1) ? 1 : 0;
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
