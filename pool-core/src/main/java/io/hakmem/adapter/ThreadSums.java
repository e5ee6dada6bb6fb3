package io.hakmem.adapter;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two sums that only grow: of what has begun, and of what has ended. A thread adds to a cell that
 * is its alone, so that an addition is no atomic step. Virtual threads, and those whose cell
 * another thread took first, share an adder.
 *
 * <p>What a thread added is seen by others at some time, and for sure after a handshake with all
 * threads, or what else orders the two.
 */
final class ThreadSums {

  private static final int CELLS = 64;

  /** In longs: two lines of the cache, so that no thread writes to the line of another one. */
  private static final int DISTANCE = 16;

  /** What a cell holds, by its distance from the first long; the id of a thread is at least 1. */
  private static final int OWNER = 0;

  private static final int BEGUN = 1;
  private static final int ENDED = 2;

  private final AtomicLongArray cells = new AtomicLongArray((CELLS + 1) * DISTANCE);
  private final LongAdder begunByOthers = new LongAdder();
  private final LongAdder endedByOthers = new LongAdder();

  /** Adds to what has begun. If this throws anything, nothing was added. */
  void begin(long weight) {
    add(BEGUN, begunByOthers, weight);
  }

  /** Adds to what has ended. If this throws anything, nothing was added. */
  void end(long weight) {
    add(ENDED, endedByOthers, weight);
  }

  private void add(int which, LongAdder others, long weight) {
    Thread thread = Thread.currentThread();
    long id = thread.threadId();
    int cell = ((int) id & CELLS - 1) * DISTANCE + DISTANCE;
    if (cells.getPlain(cell + OWNER) == id || takes(thread, cell)) {
      cells.setRelease(cell + which, cells.getPlain(cell + which) + weight);
    } else {
      others.add(weight);
    }
  }

  /** A cell is never given back: what has ended somewhere may have begun in it. */
  private boolean takes(Thread thread, int cell) {
    return cells.getPlain(cell + OWNER) == 0
        && !thread.isVirtual()
        && cells.compareAndSet(cell + OWNER, 0, thread.threadId());
  }

  /**
   * What has begun and not ended; exact while no thread adds. Where others add, it is 0 only if all
   * that had begun at some moment of the call had ended: what has ended is read before.
   */
  long difference() {
    long ended = sum(ENDED) + endedByOthers.sum();
    return sum(BEGUN) + begunByOthers.sum() - ended;
  }

  private long sum(int which) {
    long sum = 0;
    for (int cell = DISTANCE; cell < cells.length(); cell += DISTANCE) {
      sum += cells.getAcquire(cell + which);
    }
    return sum;
  }
}
