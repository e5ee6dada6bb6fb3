package io.hakmem.adapter;

import io.hakmem.AllocatorClosedException;
import io.hakmem.log.Logs;
import java.lang.foreign.Arena;
import java.util.Objects;
import org.slf4j.Logger;

/**
 * Closes an allocator as soon as nothing lives in its blocks: for adapters whose buffers check
 * their own lifetime, and must stay usable after a close. Any thread may call any method.
 *
 * <p>What lives is counted by a weight of 1 or more, such as its bytes: {@link #begin} before its
 * block is allocated, {@link #end} after the block was freed.
 *
 * <p>A count is a plain write to a cell of the thread, and a look whether the close was called. So
 * {@link #close} makes sure by itself that either it sees a count, or the thread sees the close: it
 * ends a shared arena, for which the JVM stops each thread at a safepoint.
 */
public final class DeferredClose implements AutoCloseable {

  private static final Logger LOG = Logs.of(DeferredClose.class);

  private final Runnable close;
  private final String what;
  private final ThreadSums sums = new ThreadSums();

  /** Written before the handshake, after which the sums are read; read after each addition. */
  private volatile boolean isClosed;

  /** Until then what began may not be seen yet. Guarded by the sums. */
  private boolean isAwaited;

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
    sums.begin(weight);
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
      sums.begin(newWeight - weight);
    } else {
      sums.end(weight - newWeight);
    }
  }

  /**
   * Counts off what does not live any more; closes the allocator if it was the last. If this throws
   * anything, nothing was counted. What the close of the allocator throws is logged, and left to
   * another {@link #close}: it is no matter of who let go of the last block.
   */
  @SuppressWarnings("EmptyCatch")
  public void end(long weight) {
    sums.end(weight);
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
    return sums.difference();
  }

  /**
   * Refuses what is to begin from now on, and closes the allocator when nothing lives: now, or with
   * the last {@link #end}. May be called again, and then closes it if an earlier call could not.
   */
  @Override
  public void close() {
    isClosed = true;
    awaitCounts();
    synchronized (sums) {
      isAwaited = true;
    }
    closeWhenUnused();
  }

  /** A handshake with all threads: each has written what it counted, or will see the close. */
  @SuppressWarnings("MustBeClosedChecker") // It is, at once.
  private static void awaitCounts() {
    Arena.ofShared().close();
  }

  private void closeWhenUnused() {
    boolean isUnused;
    synchronized (sums) { // Of two that end the last, the second one here sees the first.
      isUnused = isAwaited && live() == 0;
    }
    if (isUnused) {
      close.run();
    }
  }
}
