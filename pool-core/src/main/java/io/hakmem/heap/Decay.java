package io.hakmem.heap;

/**
 * Tells how much of something lay unused since it was asked last, and should be given back. Not for
 * several threads at once.
 *
 * <p>Invariant: {@code least} = the smallest amount noted since it was asked.
 */
public final class Decay {

  private long least;

  /** Nothing lies unused. */
  public Decay() {}

  /** Notes what lies unused now, after each change. */
  public void note(long unused) {
    least = Math.min(least, unused);
  }

  /**
   * What lay unused since the last call; a time begins in which the rest may become unused.
   *
   * @param unused what lies unused now
   */
  public long due(long unused) {
    long due = Math.min(least, unused);
    least = unused - due;
    return due;
  }
}
