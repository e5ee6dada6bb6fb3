package io.hakmem.heap;

import java.util.function.LongSupplier;

/** A time that passes over and over. Not for several threads at once. */
public final class Interval {

  private final LongSupplier clockNs;
  private final long lengthNs;
  private long beginNs;

  /** Begins now. */
  public Interval(LongSupplier clockNs, long lengthNs) {
    this.clockNs = clockNs;
    this.lengthNs = lengthNs;
    beginNs = clockNs.getAsLong();
  }

  /** Whether it has passed; then the next one begins. */
  public boolean passed() {
    long nowNs = clockNs.getAsLong();
    if (nowNs - beginNs <= lengthNs) {
      return false;
    }
    beginNs = nowNs;
    return true;
  }
}
