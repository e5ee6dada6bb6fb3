package io.hakmem.heap;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A page that comes to an inbox while the owner takes what waits there is taken now or later, once.
 * One page waits, three come, and the owner takes twice.
 *
 * <p>Results: pages taken meanwhile, pages taken after.
 */
@JCStressTest
@Outcome(
    id = {"4, 0", "3, 1", "2, 2", "1, 3"},
    expect = Expect.ACCEPTABLE,
    desc = "Each page once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A page lost, or taken twice.")
@State
public class InboxLosesNothing {

  private final LocalHeap heap = Given.heap();
  private final Page[] coming = {Given.pageOf(heap), Given.pageOf(heap), Given.pageOf(heap)};

  public InboxLosesNothing() {
    heap.inbox().add(Given.pageOf(heap));
  }

  @Actor
  public void remote() {
    for (Page page : coming) {
      heap.inbox().add(page);
    }
  }

  @Actor
  public void owner(II_Result r) {
    r.r1 = Given.count(heap.inbox().takeAll()) + Given.count(heap.inbox().takeAll());
  }

  @Arbiter
  public void next(II_Result r) {
    r.r2 = Given.count(heap.inbox().takeAll());
  }

  /** Nobody enters a monitor. */
  @JCStressTest
  @Outcome(
      id = {"4, 0", "3, 1", "2, 2", "1, 3"},
      expect = Expect.ACCEPTABLE,
      desc = "Each page once.")
  @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A page lost, or taken twice.")
  @State
  public static class Weakened {

    private final WeakInbox inbox = new WeakInbox();
    private final Page[] coming = {Given.livePage(1), Given.livePage(1), Given.livePage(1)};

    public Weakened() {
      inbox.queue(Given.livePage(1));
    }

    @Actor
    public void remote() {
      for (Page page : coming) {
        inbox.queue(page);
      }
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = Given.count(inbox.take()) + Given.count(inbox.take());
    }

    @Arbiter
    public void next(II_Result r) {
      r.r2 = Given.count(inbox.take());
    }
  }
}
