package io.hakmem.engine;

import io.hakmem.heap.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.stress.Unused;
import io.hakmem.stress.UnusedPages;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread that pins a page and finds the allocator open may use the memory: the close that comes
 * then sees the pin.
 *
 * <p>Results: whether the thread sees the close, whether the close sees the pin.
 */
@JCStressTest
@Outcome(
    id = {"0, 1", "1, 0", "1, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "One sees the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Memory in use is given back.")
@State
public class PinOrCloseIsSeen {

  private static final PageDirectory DIRECTORY = Unused.of(PageDirectory.class);

  private final Refusals refusals = new Refusals(DIRECTORY, "stressed");
  private final Page page =
      Page.ofLiveBlock(UnusedPages.HANDLER, 1 << 20, 1 << 16, UnusedPages.MEMORY, false);

  @Actor
  public void user(II_Result r) {
    page.pin();
    r.r1 = refusals.isClosed() ? 1 : 0;
  }

  @Actor
  public void closer(II_Result r) {
    refusals.close();
    r.r2 = page.isPinned() ? 1 : 0;
  }

  /** Both are plain fields. */
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0", "1, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "One sees the other.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Memory in use is given back.")
  @State
  public static class Weakened {

    private int closed;
    private int pins;

    @Actor
    public void user(II_Result r) {
      pins = 1;
      r.r1 = closed;
    }

    @Actor
    public void closer(II_Result r) {
      closed = 1;
      r.r2 = pins;
    }
  }
}
