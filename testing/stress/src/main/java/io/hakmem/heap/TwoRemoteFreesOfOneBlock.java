package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two threads that free one block of a third one's page, exactly one is told that it did. */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "One freed it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both freed it, or neither.")
@State
public class TwoRemoteFreesOfOneBlock {

  private final Page page = Given.livePage(1);

  @Actor
  public void one(ZZ_Result r) {
    r.r1 = page.claimRemote(Given.BASE);
  }

  @Actor
  public void other(ZZ_Result r) {
    r.r2 = page.claimRemote(Given.BASE);
  }

  /** The link is read and then written. */
  @JCStressTest
  @Outcome(
      id = {"true, false", "false, true"},
      expect = Expect.ACCEPTABLE,
      desc = "One freed it.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both freed it.")
  @State
  public static class Weakened {

    private final WeakBlocks blocks = new WeakBlocks(WeakBlocks.Weakness.PLAIN_CLAIM);

    @Actor
    public void one(ZZ_Result r) {
      r.r1 = blocks.claimRemote(0);
    }

    @Actor
    public void other(ZZ_Result r) {
      r.r2 = blocks.claimRemote(0);
    }
  }
}
