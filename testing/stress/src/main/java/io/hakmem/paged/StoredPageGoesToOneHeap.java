package io.hakmem.paged;

import io.hakmem.heap.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.stress.Unused;
import io.hakmem.stress.UnusedPages;
import java.util.ArrayDeque;
import java.util.Deque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two heaps that take the only page of the shared store, one gets it. */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "One has it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or neither.")
@State
public class StoredPageGoesToOneHeap {

  private static final PageDirectory DIRECTORY = Unused.of(PageDirectory.class);
  private static final PageSupply SUPPLY = Unused.of(PageSupply.class);
  private static final Page PAGE =
      new Page(UnusedPages.HANDLER, 1 << 20, 1 << 16, 1 << 16, 1, UnusedPages.MEMORY);

  private final SharedStore store = new SharedStore(DIRECTORY, SUPPLY, 1);

  public StoredPageGoesToOneHeap() {
    store.put(0, PAGE);
  }

  @Actor
  public void one(ZZ_Result r) {
    r.r1 = store.take(0) != null;
  }

  @Actor
  public void other(ZZ_Result r) {
    r.r2 = store.take(0) != null;
  }

  /** Nobody enters a monitor. */
  @JCStressTest
  @Outcome(
      id = {"true, false", "false, true"},
      expect = Expect.ACCEPTABLE,
      desc = "One has it.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have it.")
  @State
  public static class Weakened {

    private final Deque<Page> store = new ArrayDeque<>();

    public Weakened() {
      store.addFirst(PAGE);
    }

    @Actor
    public void one(ZZ_Result r) {
      r.r1 = store.pollFirst() != null;
    }

    @Actor
    public void other(ZZ_Result r) {
      r.r2 = store.pollFirst() != null;
    }
  }
}
