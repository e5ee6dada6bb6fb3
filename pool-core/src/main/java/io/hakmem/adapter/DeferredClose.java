package io.hakmem.adapter;

import io.hakmem.AllocatorClosedException;
import io.hakmem.log.Logs;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * Closes an allocator as soon as nothing lives in its blocks: for adapters whose buffers check
 * their own lifetime, and must stay usable after a close. Any thread may call any method.
 *
 * <p>What lives is counted by a weight of 1 or more, such as its bytes: {@link #begin} before its
 * block is allocated, {@link #end} after the block was freed.
 *
 * <p>Two sums that only grow: {@code begun >= ended}, and what lives is the difference. {@code
 * ended} is read before {@code begun}. If both are equal then, nothing lived at the moment between
 * the two, though others count meanwhile.
 */
public final class DeferredClose implements AutoCloseable {

  private static final Logger LOG = Logs.of(DeferredClose.class);

  private final Runnable close;
  private final String what;
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();

  /**
   * Written before the sums are read. Whoever begins adds first and reads this then: so either the
   * close sees what began, or what began sees the close.
   */
  private volatile boolean isClosed;

  /**
   * Nothing lives yet.
   *
   * @param close closes the allocator; it is called once or more often, by any thread
   * @param what is closed, for messages
   */
  public DeferredClose(Runnable close, String what) {
    this.close = Objects.requireNonNull(close, "close");
    this.what = Objects.requireNonNull(what, "what");
  }

  /**
   * Counts what is to live. Each such call that returns needs an {@link #end} of the same weight.
   *
   * @param weight 1 or more
   * @throws AllocatorClosedException after {@link #close}; nothing is counted then
   */
  public void begin(long weight) {
    if (isClosed) {
      throw refused();
    }
    begun.add(weight);
    if (isClosed) { // In this moment.
      end(weight);
      throw refused();
    }
  }

  private AllocatorClosedException refused() {
    return new AllocatorClosedException(what + " is closed");
  }

  /** What lives gets another weight, of 1 or more; it may do so after the close. */
  public void change(long weight, long newWeight) {
    if (newWeight > weight) {
      begun.add(newWeight - weight);
    } else {
      ended.add(weight - newWeight);
    }
  }

  /**
   * Counts off what does not live any more; closes the allocator if it was the last. If this throws
   * anything, nothing was counted. What the close of the allocator throws is logged, and left to
   * another {@link #close}: it is no matter of who let go of the last block.
   */
  @SuppressWarnings("EmptyCatch")
  public void end(long weight) {
    ended.add(weight);
    if (isClosed) {
      try {
        closeWhenUnused();
      } catch (Throwable refused) {
        try {
          LOG.warn(
              "{} is not closed, and another close() tries again: {}", what, refused.toString());
        } catch (Throwable unsaid) {
          // At the end of the stack nothing can be said.
        }
      }
    }
  }

  /** The weight of all that lives; exact while no other thread counts. */
  public long live() {
    long before = ended.sum();
    return begun.sum() - before;
  }

  /**
   * Refuses what is to begin from now on, and closes the allocator when nothing lives: now, or with
   * the last {@link #end}. May be called again, and then closes it if an earlier call could not.
   */
  @Override
  public void close() {
    isClosed = true;
    closeWhenUnused();
  }

  private void closeWhenUnused() {
    if (live() == 0) {
      close.run();
    }
  }
}
