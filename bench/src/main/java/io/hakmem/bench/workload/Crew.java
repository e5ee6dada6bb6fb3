package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** What threads of a load do with each other. */
public final class Crew {

  private Crew() {}

  /** Waits for the others. */
  public static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the other threads", e);
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("another thread gave up", e);
    }
  }

  /** Runs a part of a load on a thread that begins and ends with it. */
  public static <T> T onFreshThread(Subject subject, Function<Blocks, T> part) {
    FutureTask<T> task = new FutureTask<>(() -> part.apply(subject.blocks()));
    Thread thread = subject.threads().newThread(task);
    thread.start();
    joinUninterruptibly(thread);
    return result(task);
  }

  /** Waits for what another thread of the load comes to. */
  public static <T> T result(Future<T> part) {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread of the load failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the other threads", e);
    }
  }

  /** The thread uses blocks, so that nobody may go on and close the allocator before it ends. */
  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
