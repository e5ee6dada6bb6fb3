package io.hakmem.fuzz.counted;

import org.jspecify.annotations.Nullable;

/**
 * How many Java objects a thread may still make. Classes of a {@link CountedLoader} ask it before
 * each place that makes one. One thread arms it and reads it; any thread may ask.
 */
public final class ObjectCount {

  private static volatile @Nullable Thread armed;
  private static long left;
  private static boolean staysFull;
  private static int initialisers;
  private static long thrown;

  private ObjectCount() {}

  /**
   * Lets the calling thread make some objects, and none behind them.
   *
   * @param objects 0 or more
   * @param isFullFromThen whether all that are asked for behind them fail, or the first one only
   */
  public static void arm(long objects, boolean isFullFromThen) {
    left = objects;
    staysFull = isFullFromThen;
    initialisers = 0;
    armed = Thread.currentThread();
  }

  /** Lets every thread make as many as it likes. */
  public static void disarm() {
    armed = null;
  }

  /** How often an error was thrown so far. */
  public static long thrown() {
    return thrown;
  }

  /**
   * Called before an object is made.
   *
   * @throws OutOfMemoryError if the calling thread may make no more
   */
  public static void ask() {
    if (armed == Thread.currentThread() && initialisers == 0 && left-- <= 0) {
      if (!staysFull) {
        armed = null;
      }
      thrown++;
      throw new OutOfMemoryError("in place of a Java object");
    }
  }

  /**
   * Called where a class begins to be initialised. An error in there breaks the class for ever, so
   * nothing is counted until {@link #endInitialiser}.
   */
  public static void beginInitialiser() {
    if (armed == Thread.currentThread()) {
      initialisers++;
    }
  }

  /** Called where the initialisation of a class ends. */
  public static void endInitialiser() {
    if (armed == Thread.currentThread()) {
      initialisers--;
    }
  }
}
