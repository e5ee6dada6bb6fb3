package io.hakmem.fuzz.fault;

import org.jspecify.annotations.Nullable;

/**
 * What a part throws, when, and for which thread. One thread arms it and reads it; the part asks it
 * in any thread.
 */
public final class Fault {

  private volatile @Nullable Thread armed;
  private int left;
  private boolean after;
  private Throwable error = new IllegalStateException("injected");
  private long fired;

  /**
   * Lets a call of the calling thread throw.
   *
   * @param before calls of any kind that succeed
   * @param isAfter whether it does its work first
   * @param thrown an Error or a RuntimeException
   */
  public void arm(int before, boolean isAfter, Throwable thrown) {
    left = before;
    after = isAfter;
    error = thrown;
    armed = Thread.currentThread();
  }

  /** Lets nothing throw from now on. */
  public void disarm() {
    armed = null;
  }

  /** How often a call threw. */
  public long fired() {
    return fired;
  }

  /** Whether the call throws after its work: then it calls {@link #fail}. It may throw now. */
  boolean begin() {
    if (!isDue()) {
      return false;
    }
    if (!after) {
      fail();
    }
    return true;
  }

  /** Throws now if it is this call's turn; for calls that may not fail when their work is done. */
  void beginOnly() {
    if (isDue()) {
      fail();
    }
  }

  private boolean isDue() {
    if (armed != Thread.currentThread() || left-- > 0) {
      return false;
    }
    armed = null;
    fired++;
    return true;
  }

  /** Throws what it was told to. */
  void fail() {
    error.setStackTrace(new Throwable().getStackTrace());
    if (error instanceof Error thrown) {
      throw thrown;
    }
    throw (RuntimeException) error;
  }
}
