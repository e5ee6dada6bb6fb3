package io.hakmem.spi;

/**
 * How much a box has done so far; approximate while threads run.
 *
 * @param allocations blocks handed out
 * @param ownFrees blocks taken back from the threads whose heaps own them
 * @param drained blocks taken back that other threads had freed
 * @param waiting blocks that other threads freed, not yet taken back
 */
public record Operations(long allocations, long ownFrees, long drained, long waiting) {

  /** Nothing done, or counted elsewhere. */
  public static final Operations NONE = new Operations(0, 0, 0, 0);

  /** Frees by threads whose heaps do not own the page. */
  public long remoteFrees() {
    return drained + waiting;
  }

  /** All frees. */
  public long frees() {
    return ownFrees + remoteFrees();
  }

  /** The sum of both. */
  public Operations plus(Operations more) {
    return new Operations(
        allocations + more.allocations,
        ownFrees + more.ownFrees,
        drained + more.drained,
        waiting + more.waiting);
  }
}
