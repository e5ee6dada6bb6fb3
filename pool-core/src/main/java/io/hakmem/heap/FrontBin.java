package io.hakmem.heap;

/**
 * Stands before a bin with pages and has none itself, so that the box is asked each time. It knows
 * the current page of that bin as well: an asked allocation waits for one read less.
 */
public abstract class FrontBin extends Bin {

  private final Bin behind;

  /** That of the bin behind, which writes it. */
  Page page;

  /** Stands there from {@link #standBefore} on. */
  protected FrontBin(LocalHeap heap, Bin behind) {
    super(heap, behind.handler(), behind.sizeClass(), behind.blockBytes());
    this.behind = behind;
    this.page = behind.current;
  }

  /** Lets the box serve each operation; before the bin behind gets a page. */
  protected final void standBefore() {
    serveThroughBox();
    behind.serveThroughBox();
    behind.front = this;
  }

  /** {@link #popAtOnce} of the bin behind. */
  public final long popBehindAtOnce() {
    Page current = page;
    return current.head < 0 ? behind.popAtOnce() : current.pop();
  }

  @Override
  protected final Bin behind() {
    return behind;
  }

  /** The bin with the pages itself: whoever takes it over reaches them without the box. */
  @Override
  public final Bin handOver(BinHandler to) {
    return behind.handOver(to);
  }
}
