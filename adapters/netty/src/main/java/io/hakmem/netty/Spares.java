package io.hakmem.netty;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Buffer objects without a block, for the threads of event loops: each has a stack of its own,
 * which its buffers come back to, whichever thread releases them. Other threads, virtual ones above
 * all, get new objects and no thread-local value.
 */
final class Spares {

  private static final int MOST = 256;

  private final FastThreadLocal<Stack> stacks =
      new FastThreadLocal<>() {
        @Override
        protected Stack initialValue() {
          return new Stack(Thread.currentThread(), MOST);
        }
      };

  /** That of the calling thread, if it has one. */
  @Nullable Stack ofThread() {
    return Thread.currentThread() instanceof FastThreadLocalThread ? stacks.get() : null;
  }

  /**
   * Of one thread, which alone takes. What others put waits in a list of its own until the thread
   * has nothing else, and takes it as a whole: so no list head can come back with another list.
   */
  static final class Stack {

    private final Thread thread;
    private final int most;
    private @Nullable HakByteBuf first;
    private final AtomicReference<@Nullable HakByteBuf> fromOthers = new AtomicReference<>();

    /** So many of the thread's own at most, and so many of others. */
    Stack(Thread thread, int most) {
      this.thread = thread;
      this.most = most;
    }

    /** The thread only. */
    @Nullable HakByteBuf take() {
      HakByteBuf taken = first;
      if (taken == null && fromOthers.getPlain() != null) {
        taken = fromOthers.getAndSet(null);
      }
      if (taken != null) {
        first = taken.nextSpare;
        taken.nextSpare = null;
      }
      return taken;
    }

    /** Keeps one for the thread, or leaves it to the garbage collector. Any thread. */
    void put(HakByteBuf spare) {
      if (thread == Thread.currentThread()) {
        if (link(spare, first)) {
          first = spare;
        }
        return;
      }
      HakByteBuf next = fromOthers.get();
      while (link(spare, next) && !fromOthers.compareAndSet(next, spare)) {
        next = fromOthers.get();
      }
    }

    private boolean link(HakByteBuf spare, @Nullable HakByteBuf next) {
      spare.nextSpare = next;
      spare.spares = next == null ? 1 : next.spares + 1;
      return spare.spares <= most;
    }
  }
}
