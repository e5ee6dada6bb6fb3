package io.hakmem.supply;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Of two allocators of a budget that take its last byte, each under a monitor of its own, one gets
 * it.
 *
 * <p>Results: whether each got it, how many bytes are counted in the end.
 */
@JCStressTest
@Outcome(
    id = {"1, 0, 1", "0, 1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "One byte.")
@Outcome(expect = Expect.FORBIDDEN, desc = "More than the limit, or none.")
@State
public class SharedLimitIsNeverExceeded {

  private final SharedLimit limit = new SharedLimit("budget", 1);
  private final SharedLimit.Account first = limit.account(0, () -> 0);
  private final SharedLimit.Account second = limit.account(0, () -> 0);

  @Actor
  public void one(III_Result r) {
    r.r1 = first.take(1) ? 1 : 0;
  }

  @Actor
  public void other(III_Result r) {
    r.r2 = second.take(1) ? 1 : 0;
  }

  @Arbiter
  public void used(III_Result r) {
    r.r3 = (int) limit.usedBytes();
  }

  /** The limit is compared with a sum that is added to afterwards. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "One byte.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "More than the limit.")
  @State
  public static class Weakened {

    private volatile int used;

    private int take() {
      int now = used;
      if (now == 1) {
        return 0;
      }
      used = now + 1;
      return 1;
    }

    @Actor
    public void one(III_Result r) {
      r.r1 = take();
    }

    @Actor
    public void other(III_Result r) {
      r.r2 = take();
    }

    @Arbiter
    public void used(III_Result r) {
      r.r3 = used;
    }
  }
}
