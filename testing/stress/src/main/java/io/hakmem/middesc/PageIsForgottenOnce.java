package io.hakmem.middesc;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Of two threads that unregister the same four pages, one forgets each and the other is refused.
 */
@JCStressTest
@Outcome(id = "4", expect = Expect.ACCEPTABLE, desc = "Each once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A page was forgotten twice, or never.")
@State
public class PageIsForgottenOnce {

  private final Page[] pages = WeakDirectory.fourPages();
  private final RemainderDirectory directory = new RemainderDirectory(false, PageTable::new);
  private int byOne;
  private int byOther;

  public PageIsForgottenOnce() {
    for (Page page : pages) {
      directory.register(page);
    }
  }

  private int unregisterAll() {
    int forgotten = 0;
    for (Page page : pages) {
      forgotten += unregister(page) ? 1 : 0;
    }
    return forgotten;
  }

  private boolean unregister(Page page) {
    try {
      directory.unregister(page);
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  @Actor
  public void one() {
    byOne = unregisterAll();
  }

  @Actor
  public void other() {
    byOther = unregisterAll();
  }

  @Arbiter
  public void sum(I_Result r) {
    r.r1 = byOne + byOther;
  }

  /** Nobody enters a monitor. */
  @JCStressTest
  @Outcome(id = "4", expect = Expect.ACCEPTABLE, desc = "Each once.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A page was forgotten twice.")
  @State
  public static class Weakened {

    private final Page[] pages = WeakDirectory.fourPages();
    private final WeakDirectory weak = new WeakDirectory();
    private int byOne;
    private int byOther;

    public Weakened() {
      for (Page page : pages) {
        weak.register(page);
      }
    }

    private int unregisterAll() {
      int forgotten = 0;
      for (Page page : pages) {
        forgotten += weak.unregister(page) ? 1 : 0;
      }
      return forgotten;
    }

    @Actor
    public void one() {
      byOne = unregisterAll();
    }

    @Actor
    public void other() {
      byOther = unregisterAll();
    }

    @Arbiter
    public void sum(I_Result r) {
      r.r1 = byOne + byOther;
    }
  }
}
