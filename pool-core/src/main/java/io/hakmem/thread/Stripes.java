package io.hakmem.thread;

import io.hakmem.heap.LocalHeap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A few heaps that all virtual threads share, each behind a monitor: a million virtual threads do
 * not make a million heaps.
 */
public final class Stripes {

  private final Stripe[] stripes;
  private final AtomicInteger made = new AtomicInteger();

  public Stripes(int count, Supplier<LocalHeap> factory) {
    stripes = new Stripe[Integer.highestOneBit(count * 2 - 1)];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe(factory, made);
    }
  }

  /** Runs the operation on a stripe that seems free, or waits for the thread's own. */
  public long with(Thread thread, ToLongFunction<LocalHeap> operation) {
    return withOneOf(stripes.length, thread, operation);
  }

  /** The same, on one of the first stripes only, as many as given or all. */
  public long withOneOf(int count, Thread thread, ToLongFunction<LocalHeap> operation) {
    int most = Integer.highestOneBit(Math.min(count, stripes.length));
    return choose((int) thread.threadId(), most - 1).run(operation);
  }

  /** Runs the operation on every stripe that has a heap. */
  public void forEach(Consumer<LocalHeap> operation) {
    for (Stripe stripe : stripes) {
      stripe.runIfUsed(operation);
    }
  }

  /** How many of them were used, and so have a heap; approximate while threads run. */
  public int heaps() {
    return made.get();
  }

  private Stripe choose(int first, int mask) {
    for (int i = 0; i <= mask; i++) {
      Stripe stripe = stripes[(first + i) & mask];
      if (!stripe.busy) {
        return stripe;
      }
    }
    return stripes[first & mask];
  }

  private static final class Stripe {

    private final Supplier<LocalHeap> factory;
    private final AtomicInteger made;

    /** Guarded by this. */
    private @Nullable LocalHeap heap;

    /** Whether a thread is inside, for those that look for a stripe; a hint. */
    private volatile boolean busy;

    private Stripe(Supplier<LocalHeap> factory, AtomicInteger made) {
      this.factory = factory;
      this.made = made;
    }

    synchronized long run(ToLongFunction<LocalHeap> operation) {
      busy = true;
      try {
        return operation.applyAsLong(heap());
      } finally {
        busy = false;
      }
    }

    synchronized void runIfUsed(Consumer<LocalHeap> operation) {
      LocalHeap used = heap;
      if (used != null) {
        operation.accept(used);
      }
    }

    private LocalHeap heap() {
      LocalHeap now = heap;
      if (now == null) {
        now = factory.get();
        made.incrementAndGet();
        heap = now;
      }
      return now;
    }
  }
}
