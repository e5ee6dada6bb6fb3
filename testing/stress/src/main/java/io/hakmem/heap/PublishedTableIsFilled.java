package io.hakmem.heap;

import io.hakmem.stress.Unused;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A free reads the page table without any order, and finds the new table filled or the old one:
 * never an entry that holds nothing, and never a page without its blocks.
 */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The old table.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The new table.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An entry that is not filled.")
@State
public class PublishedTableIsFilled {

  private static final long KEY = PageKey.of(Given.BASE);

  private final FreePath frees = new FreePath(Unused.of(FreePath.SlowPath.class), true);

  @Actor
  public void owner() {
    PageTable table = new PageTable(1);
    table.set(KEY, Given.livePage(1));
    frees.look(table);
  }

  @Actor
  public void reader(I_Result r) {
    r.r1 = seen(frees.page((int) KEY), frees.page((int) KEY + 1));
  }

  /** 0 no page, 1 the page, -1 nothing at all or a page that is not filled. */
  private static int seen(@Nullable Page page, @Nullable Page neighbour) {
    if (neighbour == null) {
      return -1;
    }
    if (page == Page.NONE) {
      return 0;
    }
    boolean filled = page != null && page.base == Given.BASE && page.links != null;
    return filled ? 1 : -1;
  }

  /** The table is published before it is filled. */
  @JCStressTest
  @Outcome(
      id = {"0", "1"},
      expect = Expect.ACCEPTABLE,
      desc = "Filled.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "An entry that is not filled.")
  @State
  public static class Weakened {

    private volatile Page[] pages = {Page.NONE};

    @Actor
    public void owner() {
      Page[] larger = new Page[PageTable.FEWEST_SLOTS];
      pages = larger;
      Arrays.fill(larger, Page.NONE);
      larger[(int) KEY & (larger.length - 1)] = Given.livePage(1);
    }

    @Actor
    public void reader(I_Result r) {
      Page[] known = pages;
      int mask = known.length - 1;
      r.r1 = seen(known[(int) KEY & mask], known[(int) (KEY + 1) & mask]);
    }
  }
}
