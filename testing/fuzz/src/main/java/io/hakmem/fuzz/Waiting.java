package io.hakmem.fuzz;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits for a thread that must go on: one that does not is a fault, such as a lock that is lost.
 */
public final class Waiting {

  private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_EVERY_MS = 200;
  private static final int MOST_FRAMES = 40;

  private Waiting() {}

  /**
   * Returns when the thread has ended.
   *
   * @param steps of the thread so far
   * @throws IllegalStateException if there is no new one for long, with the stacks of all threads
   */
  public static void forEnd(Thread thread, LongSupplier steps) throws InterruptedException {
    long seen = steps.getAsLong();
    long since = System.nanoTime();
    while (thread.isAlive()) {
      thread.join(LOOK_EVERY_MS); // No Java object is made here: the Java heap may be full.
      long now = steps.getAsLong();
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > LONGEST_NS) {
        throw new IllegalStateException(thread.getName() + " waits for ever" + stacks());
      }
    }
  }

  private static String stacks() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      text.append("\n%s %s".formatted(thread.getName(), thread.getState()));
      StackTraceElement[] frames = entry.getValue();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        text.append("\n  at ").append(frames[i]);
      }
    }
    return text.toString();
  }
}
