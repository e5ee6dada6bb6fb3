package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A block that is freed while the owner drains its page is taken back by that drain, or by the one
 * that the free leads to; never by none, and never by both. One block waits already, so the mark is
 * set and the page is queued.
 *
 * <p>Results: whether the free queues the page, blocks of the first drain, blocks of the second
 * one, blocks that wait in the end.
 */
@JCStressTest
@Outcome(
    id = {"0, 2, 0, 0", "1, 2, 0, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "By this drain.")
@Outcome(id = "1, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "By the next drain.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or taken back twice.")
@State
public class RemoteFreeIsDrainedOnce {

  private final Page page = Given.livePage(2);

  public RemoteFreeIsDrainedOnce() {
    page.claimRemote(Given.block(0));
    page.claimQueue();
  }

  @Actor
  public void remote(IIII_Result r) {
    r.r1 = page.claimRemote(Given.block(1)) && page.claimQueue() ? 1 : 0;
  }

  @Actor
  public void owner(IIII_Result r) {
    r.r2 = page.drain();
  }

  @Arbiter
  public void next(IIII_Result r) {
    r.r3 = r.r1 == 1 ? page.drain() : 0;
    r.r4 = 2 - Given.countFree(page);
  }

  /** The mark is not looked at again after the link has changed. */
  @JCStressTest
  @Outcome(
      id = {"0, 2, 0, 0", "1, 2, 0, 0", "1, 1, 1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Once.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Lost.")
  @State
  public static class WeakenedToOneLook {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.ONE_LOOK);

    public WeakenedToOneLook() {
      blocks.claimRemote(0);
      blocks.claimQueue();
    }

    @Actor
    public void remote(IIII_Result r) {
      r.r1 = blocks.claimRemote(1) && blocks.claimQueue() ? 1 : 0;
    }

    @Actor
    public void owner(IIII_Result r) {
      r.r2 = blocks.drain();
    }

    @Arbiter
    public void next(IIII_Result r) {
      r.r3 = r.r1 == 1 ? blocks.drain() : 0;
      r.r4 = blocks.waiting();
    }
  }

  /** The claim is released after the look at the marks. */
  @JCStressTest
  @Outcome(
      id = {"0, 2, 0, 0", "1, 2, 0, 0", "1, 1, 1, 0"},
      expect = Expect.ACCEPTABLE,
      desc = "Once.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Lost.")
  @State
  public static class WeakenedByLateBegin {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.LATE_BEGIN);

    public WeakenedByLateBegin() {
      blocks.claimRemote(0);
      blocks.claimQueue();
    }

    @Actor
    public void remote(IIII_Result r) {
      r.r1 = blocks.claimRemote(1) && blocks.claimQueue() ? 1 : 0;
    }

    @Actor
    public void owner(IIII_Result r) {
      r.r2 = blocks.drain();
    }

    @Arbiter
    public void next(IIII_Result r) {
      r.r3 = r.r1 == 1 ? blocks.drain() : 0;
      r.r4 = blocks.waiting();
    }
  }
}
