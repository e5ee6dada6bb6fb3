package io.hakmem.jmh;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread that lives as long as a benchmark, and works while the measured one waits for it. */
public final class OtherThread implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

  /** A thread that waits for work. */
  public OtherThread() {}

  public void run(Runnable work) {
    try {
      thread.submit(work).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the other thread failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the other thread works", e);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
