package io.hakmem.bench.workload;

import java.util.concurrent.atomic.AtomicLong;

/** Batches of addresses on their way from one thread to one other, a bounded number at a time. */
public final class Ring {

  private final long[][] batches;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong released = new AtomicLong();

  public Ring(int capacity, int addresses) {
    batches = new long[capacity][addresses];
  }

  /** The producer's next batch; waits until the consumer is done with what it held before. */
  public long[] claim() {
    long number = published.getPlain();
    awaitMoreThan(released, number - batches.length);
    return batches[(int) (number % batches.length)];
  }

  /** Hands over what was claimed; {@link #take} acquires it. */
  public void publish() {
    published.setRelease(published.getPlain() + 1);
  }

  /** The consumer's next batch; waits for the producer. */
  public long[] take() {
    long number = released.getPlain();
    awaitMoreThan(published, number);
    return batches[(int) (number % batches.length)];
  }

  /** Gives back what was taken; {@link #claim} acquires it. */
  public void release() {
    released.setRelease(released.getPlain() + 1);
  }

  @SuppressWarnings("ThreadPriorityCheck") // Waits are rare, and the other may need the processor.
  private static void awaitMoreThan(AtomicLong counter, long number) {
    while (counter.getAcquire() <= number) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting for the other thread");
      }
      Thread.yield();
    }
  }
}
