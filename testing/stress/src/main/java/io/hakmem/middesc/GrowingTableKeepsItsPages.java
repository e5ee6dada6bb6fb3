package io.hakmem.middesc;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A page that is registered is found while the table grows for another one, and so is one that is
 * registered meanwhile.
 *
 * <p>Results: whether a lookup without a lock finds the page that was there, and whether the one
 * that came by the lookup's thread and the one that made the table grow are found in the end.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "All are found.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A page is lost.")
@State
public class GrowingTableKeepsItsPages {

  private final Page there = WeakDirectory.page(WeakDirectory.FIRST_KEY);
  private final Page coming = WeakDirectory.page(WeakDirectory.FIRST_KEY + 1);
  private final Page far = WeakDirectory.page(WeakDirectory.FAR_KEY);
  private final RemainderDirectory directory = new RemainderDirectory(false, PageTable::new);

  public GrowingTableKeepsItsPages() {
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

    private final Page there = WeakDirectory.page(WeakDirectory.FIRST_KEY);
    private final Page coming = WeakDirectory.page(WeakDirectory.FIRST_KEY + 1);
    private final Page far = WeakDirectory.page(WeakDirectory.FAR_KEY);
    private final WeakDirectory weak = new WeakDirectory();

    public Weakened() {
      weak.register(there);
    }

    @Actor
    public void grow() {
      weak.register(far);
    }

    @Actor
    public void use(III_Result r) {
      weak.register(coming);
      r.r1 = weak.lookup(there.base()) == there ? 1 : 0;
    }

    @Arbiter
    public void found(III_Result r) {
      r.r2 = weak.lookup(coming.base()) == coming ? 1 : 0;
      r.r3 = weak.lookup(far.base()) == far ? 1 : 0;
    }
  }
}
