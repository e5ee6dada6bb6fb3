package io.hakmem.heap;

import java.util.function.LongSupplier;

/**
 * Tells how much of something lay unused for a whole interval, and should be given back. Not for
 * several threads at once.
 *
 * <p>Invariant: {@code least} = the smallest amount noted since the interval began.
 */
public final class Decay {

  private final Interval interval;
  private long least;

  /** Begins an interval in which nothing lies unused. */
  public Decay(LongSupplier clockNs, long intervalNs) {
    interval = new Interval(clockNs, intervalNs);
  }

  /**
   * Notes what lies unused now, after each change.
   *
   * @return what lay unused for the whole of an interval that ended; 0 while one lasts
   */
  public long note(long unused) {
    least = Math.min(least, unused);
    if (!interval.passed()) {
      return 0;
    }
    long due = least;
    least = unused - due;
    return due;
  }
}
