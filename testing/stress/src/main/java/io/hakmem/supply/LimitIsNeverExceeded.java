package io.hakmem.supply;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.PageKey;
import io.hakmem.memory.GuardedSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Of two threads that ask for the last page below the limit, one gets it, and at no time are more
 * pages committed than the limit allows.
 *
 * <p>Results: whether each thread got a page, most pages committed at a time.
 */
@JCStressTest
@Outcome(
    id = {"1, 0, 1", "0, 1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "One page.")
@Outcome(expect = Expect.FORBIDDEN, desc = "More than the limit, or none.")
@State
public class LimitIsNeverExceeded {

  private static final long PAGE = PageKey.PAGE_BYTES;

  private static final SharedLimit LIMIT_OF_ITS_OWN = SharedLimit.none();

  private final RegionSupply supply =
      new RegionSupply(
          new GuardedSource(new NoMemory()),
          LIMIT_OF_ITS_OWN.account(PAGE, () -> 0),
          new RegionSupply.Limits(NoMemory.REGION_BYTES, Long.MAX_VALUE, PAGE, Long.MAX_VALUE));

  private int acquire() {
    try {
      supply.acquire(PAGE);
      return 1;
    } catch (OutOfNativeMemoryException refused) {
      return 0;
    }
  }

  @Actor
  public void one(III_Result r) {
    r.r1 = acquire();
  }

  @Actor
  public void other(III_Result r) {
    r.r2 = acquire();
  }

  @Arbiter
  public void most(III_Result r) {
    r.r3 = (int) (supply.peakCommitted() / PAGE);
  }

  /** The limit is compared before the monitor is entered. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "One page.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "More than the limit.")
  @State
  public static class Weakened {

    private volatile long committed;

    private int acquire() {
      if (committed + PAGE > PAGE) {
        return 0;
      }
      synchronized (this) {
        committed += PAGE;
      }
      return 1;
    }

    @Actor
    public void one(III_Result r) {
      r.r1 = acquire();
    }

    @Actor
    public void other(III_Result r) {
      r.r2 = acquire();
    }

    @Arbiter
    public void most(III_Result r) {
      r.r3 = (int) (committed / PAGE);
    }
  }
}
