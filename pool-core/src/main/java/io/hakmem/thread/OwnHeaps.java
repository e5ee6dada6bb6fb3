package io.hakmem.thread;

import io.hakmem.heap.HeapAccess;
import io.hakmem.heap.LocalHeap;
import java.util.function.ToLongFunction;

/** The heap that serves the calling thread: its own, or one that virtual threads share. */
public final class OwnHeaps {

  private final HeapTable heaps;
  private final Stripes stripes;

  public OwnHeaps(HeapTable heaps, Stripes stripes) {
    this.heaps = heaps;
    this.stripes = stripes;
  }

  /** How many threads have a heap of their own; approximate. */
  public int ofThreads() {
    return heaps.size();
  }

  /** Runs a slow path on the heap, which is made if need be. */
  public long with(ToLongFunction<LocalHeap> operation) {
    Thread thread = Thread.currentThread();
    return thread.isVirtual()
        ? stripes.with(thread, operation)
        : inside(heaps.register(thread), operation);
  }

  /** The same, unless the thread is virtual and the heap is not its own. */
  public void withThreadsOwn(ToLongFunction<LocalHeap> operation) {
    Thread thread = Thread.currentThread();
    if (!thread.isVirtual()) {
      inside(heaps.register(thread), operation);
    }
  }

  /**
   * Runs a slow path on a heap that threads share where memory is scarce.
   *
   * @param count of such heaps, at least 1
   */
  public long withShared(int count, ToLongFunction<LocalHeap> operation) {
    return stripes.withOneOf(count, Thread.currentThread(), operation);
  }

  /** Runs a slow path on the heap of the calling platform thread, or on that of nobody. */
  public static long inside(LocalHeap heap, ToLongFunction<LocalHeap> operation) {
    HeapAccess access = heap.access();
    int outer = access.enter();
    try {
      return operation.applyAsLong(heap);
    } finally {
      access.depth = outer;
    }
  }
}
