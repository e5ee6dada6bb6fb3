package io.hakmem.spi;

import java.util.function.LongSupplier;

/**
 * Tells how much of something lay unused for a whole interval, and should be given back. Not for
 * several threads at once.
 *
 * <p>Invariant: {@code least} = the smallest amount noted since {@code beginNs}.
 */
public final class Decay {

  private final LongSupplier clockNs;
  private final long intervalNs;
  private long beginNs;
  private long least;

  /** Begins an interval in which nothing lies unused. */
  public Decay(LongSupplier clockNs, long intervalNs) {
    this.clockNs = clockNs;
    this.intervalNs = intervalNs;
    this.beginNs = clockNs.getAsLong();
  }

  /**
   * Notes what lies unused now, after each change.
   *
   * @return what lay unused for the whole of an interval that ended; 0 while one lasts
   */
  public long note(long unused) {
    least = Math.min(least, unused);
    long nowNs = clockNs.getAsLong();
    if (nowNs - beginNs <= intervalNs) {
      return 0;
    }
    long due = least;
    beginNs = nowNs;
    least = unused - due;
    return due;
  }
}
