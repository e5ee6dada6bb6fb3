package io.hakmem.tck;

import java.util.concurrent.atomic.AtomicReference;

/** Threads whose failures are those of the test. */
final class Threads {

  private final Thread thread;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Threads(Runnable task) {
    thread = new Thread(task);
    thread.setDaemon(true); // A box that fails must not keep the JVM of its tests.
    thread.setUncaughtExceptionHandler((who, thrown) -> failure.set(thrown));
  }

  /** Runs the task on a thread of its own. */
  static Threads start(Runnable task) {
    Threads started = new Threads(task);
    started.thread.start();
    return started;
  }

  /** Runs the task on a thread of its own, to its end. */
  static void runToItsEnd(Runnable task) {
    start(task).join();
  }

  /** Waits for the end of the thread, and throws what it threw. */
  void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a thread of the test ran", e);
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw new AssertionError("a thread of the test failed: " + thrown, thrown);
    }
  }
}
