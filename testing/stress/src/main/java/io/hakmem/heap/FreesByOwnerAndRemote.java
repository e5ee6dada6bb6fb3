package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A block that its owner and another thread free in the same moment is free once, and the stack of
 * free blocks stays one; whether both are told so is not promised.
 *
 * <p>Results: free blocks on the stack, blocks that count as used.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Free once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, free twice, or the stack is broken.")
@State
public class FreesByOwnerAndRemote {

  private final Page page = Given.livePage(2);

  @Actor
  public void owner() {
    if (page.links[0] == PageBlocks.LIVE) {
      page.push(Given.block(0));
    }
  }

  @Actor
  public void remote() {
    if (page.claimRemote(Given.block(0))) {
      page.claimQueue();
    }
  }

  @Arbiter
  public void drain(II_Result r) {
    page.drain();
    r.r1 = Given.countFree(page);
    r.r2 = (int) page.used;
  }

  /** The other thread reads the link and then writes it. */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Free once.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The stack is broken.")
  @State
  public static class Weakened {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.PLAIN_CLAIM);

    @Actor
    public void owner() {
      blocks.free(0);
    }

    @Actor
    public void remote() {
      if (blocks.claimRemote(0)) {
        blocks.claimQueue();
      }
    }

    @Arbiter
    public void drain(I_Result r) {
      blocks.drain();
      r.r1 = blocks.countFree();
    }
  }
}
