package io.hakmem.netty;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/**
 * Buffer objects without a block, for the threads of event loops: each has a stack of its own.
 * Other threads, virtual ones above all, get new objects and no thread-local value.
 */
final class Spares {

  private static final int MOST = 256;

  private final FastThreadLocal<Stack> stacks =
      new FastThreadLocal<>() {
        @Override
        protected Stack initialValue() {
          return new Stack();
        }
      };

  /** Of one thread. */
  private static final class Stack {

    private final @Nullable HakByteBuf[] buffers = new HakByteBuf[MOST];
    private int count;
  }

  private @Nullable Stack ofThread() {
    return Thread.currentThread() instanceof FastThreadLocalThread ? stacks.get() : null;
  }

  /** Takes one of the calling thread, if it has one. */
  @Nullable HakByteBuf take() {
    Stack stack = ofThread();
    if (stack == null || stack.count == 0) {
      return null;
    }
    int top = --stack.count;
    HakByteBuf spare = stack.buffers[top];
    stack.buffers[top] = null;
    return spare;
  }

  /** Keeps one for the calling thread, or leaves it to the garbage collector. */
  void put(HakByteBuf spare) {
    Stack stack = ofThread();
    if (stack != null && stack.count < MOST) {
      stack.buffers[stack.count++] = spare;
    }
  }
}
