package io.hakmem.middesc;

import io.hakmem.spi.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A page that is registered is found while the window grows for another one, and so is one that is
 * registered meanwhile.
 *
 * <p>Results: whether a lookup without a lock finds the page that was there, and whether the one
 * that came by the lookup's thread and the one that made the window grow are found in the end.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "All are found.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A page is lost.")
@State
public class GrowingWindowKeepsItsPages {

  private final Page there = WeakWindow.page(WeakWindow.FIRST_KEY);
  private final Page coming = WeakWindow.page(WeakWindow.FIRST_KEY + 1);
  private final Page far = WeakWindow.page(WeakWindow.FAR_KEY);
  private final WindowDirectory directory = new WindowDirectory(false);

  public GrowingWindowKeepsItsPages() {
    directory.register(there);
  }

  @Actor
  public void grow() {
    directory.register(far);
  }

  @Actor
  public void use(III_Result r) {
    directory.register(coming);
    r.r1 = directory.lookup(there.base()) == there ? 1 : 0;
  }

  @Arbiter
  public void found(III_Result r) {
    r.r2 = directory.lookup(coming.base()) == coming ? 1 : 0;
    r.r3 = directory.lookup(far.base()) == far ? 1 : 0;
  }

  /** Nobody enters a monitor, and the larger table is published before it has the pages. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "All are found.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A page is lost.")
  @State
  public static class Weakened {

    private final Page there = WeakWindow.page(WeakWindow.FIRST_KEY);
    private final Page coming = WeakWindow.page(WeakWindow.FIRST_KEY + 1);
    private final Page far = WeakWindow.page(WeakWindow.FAR_KEY);
    private final WeakWindow window = new WeakWindow();

    public Weakened() {
      window.register(there);
    }

    @Actor
    public void grow() {
      window.register(far);
    }

    @Actor
    public void use(III_Result r) {
      window.register(coming);
      r.r1 = window.lookup(there.base()) == there ? 1 : 0;
    }

    @Arbiter
    public void found(III_Result r) {
      r.r2 = window.lookup(coming.base()) == coming ? 1 : 0;
      r.r3 = window.lookup(far.base()) == far ? 1 : 0;
    }
  }
}
