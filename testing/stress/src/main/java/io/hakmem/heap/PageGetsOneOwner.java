package io.hakmem.heap;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Of two heaps that adopt a page one gets it, and the page says which.
 *
 * <p>Results: whether each heap got it, which of them the page names.
 */
@JCStressTest
@Outcome(
    id = {"1, 0, 1", "0, 1, 2"},
    expect = Expect.ACCEPTABLE,
    desc = "One owner.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two owners, or the wrong one.")
@State
public class PageGetsOneOwner {

  private static final LocalHeap DEAD = Given.heap();
  private static final LocalHeap ONE = Given.heap();
  private static final LocalHeap OTHER = Given.heap();

  private final Page page = Given.livePage(1);

  public PageGetsOneOwner() {
    page.changeOwner(null, DEAD);
  }

  @Actor
  public void one(III_Result r) {
    r.r1 = page.changeOwner(DEAD, ONE) ? 1 : 0;
  }

  @Actor
  public void other(III_Result r) {
    r.r2 = page.changeOwner(DEAD, OTHER) ? 1 : 0;
  }

  @Arbiter
  public void named(III_Result r) {
    r.r3 = page.ownerVolatile() == ONE ? 1 : 2;
  }

  /** The owner is compared and then set. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 2"},
      expect = Expect.ACCEPTABLE,
      desc = "One owner.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Two owners.")
  @State
  public static class Weakened {

    private volatile @Nullable LocalHeap owner = DEAD;

    private boolean change(LocalHeap next) {
      if (owner != DEAD) {
        return false;
      }
      owner = next;
      return true;
    }

    @Actor
    public void one(III_Result r) {
      r.r1 = change(ONE) ? 1 : 0;
    }

    @Actor
    public void other(III_Result r) {
      r.r2 = change(OTHER) ? 1 : 0;
    }

    @Arbiter
    public void named(III_Result r) {
      r.r3 = owner == ONE ? 1 : 2;
    }
  }
}
