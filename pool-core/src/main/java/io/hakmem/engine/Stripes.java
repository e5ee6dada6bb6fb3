package io.hakmem.engine;

import io.hakmem.heap.LocalHeap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A few heaps that all virtual threads share, each behind a lock: a million virtual threads do not
 * make a million heaps.
 */
final class Stripes {

  private final Stripe[] stripes;
  private final AtomicInteger made = new AtomicInteger();

  Stripes(int count, Supplier<LocalHeap> factory) {
    stripes = new Stripe[Integer.highestOneBit(count * 2 - 1)];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe(() -> counted(factory.get()));
    }
  }

  private LocalHeap counted(LocalHeap heap) {
    made.incrementAndGet();
    return heap;
  }

  /** Runs the operation on a stripe that is free, or waits for the thread's own. */
  long with(Thread thread, ToLongFunction<LocalHeap> operation) {
    Stripe stripe = lock((int) thread.threadId());
    try {
      return operation.applyAsLong(stripe.heap());
    } finally {
      stripe.lock.unlock();
    }
  }

  /** Runs the operation on every stripe that has a heap. */
  void forEach(Consumer<LocalHeap> operation) {
    for (Stripe stripe : stripes) {
      stripe.lock.lock();
      try {
        if (stripe.heap != null) {
          operation.accept(stripe.heap);
        }
      } finally {
        stripe.lock.unlock();
      }
    }
  }

  /** How many of them were used, and so have a heap; approximate while threads run. */
  int heaps() {
    return made.get();
  }

  private Stripe lock(int first) {
    for (int i = 0; i < stripes.length; i++) {
      Stripe stripe = stripes[(first + i) & (stripes.length - 1)];
      if (stripe.lock.tryLock()) {
        return stripe;
      }
    }
    Stripe own = stripes[first & (stripes.length - 1)];
    own.lock.lock();
    return own;
  }

  private static final class Stripe {

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<LocalHeap> factory;
    private @Nullable LocalHeap heap;

    private Stripe(Supplier<LocalHeap> factory) {
      this.factory = factory;
    }

    private LocalHeap heap() {
      LocalHeap now = heap;
      if (now == null) {
        now = factory.get();
        heap = now;
      }
      return now;
    }
  }
}
