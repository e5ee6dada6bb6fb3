package io.hakmem.engine;

import io.hakmem.AllocatorClosedException;
import io.hakmem.heap.LocalHeap;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds the heap of a thread: one array read and one comparison. Two threads whose ids meet in one
 * slot find theirs in the map behind it, until the table grows.
 *
 * <p>A slot holds {@code nobody} or a heap; a stale slot shows another thread's heap, which the
 * comparison refuses.
 */
public final class HeapTable {

  private static final int FIRST_SLOTS = 256;
  private static final int MOST_SLOTS = 1 << 16;

  private final LocalHeap nobody;
  private final Function<Thread, LocalHeap> factory;
  private final Map<Thread, LocalHeap> heaps = new ConcurrentHashMap<>();
  private final boolean hits;
  private LocalHeap[] slots;

  /** Compared before the table is read: a predicted comparison does not wait for a thread's id. */
  private LocalHeap first;

  /** Guarded by this. */
  private boolean closed;

  /**
   * Without hits every thread finds {@code nobody}, and its own heap by {@link #register} alone.
   */
  HeapTable(LocalHeap nobody, Function<Thread, LocalHeap> factory, boolean hits) {
    this.nobody = nobody;
    this.hits = hits;
    this.factory = factory;
    this.first = nobody;
    this.slots = new LocalHeap[FIRST_SLOTS];
    Arrays.fill(slots, nobody);
  }

  /** The calling thread's heap, or {@code nobody}, whose every operation takes the slow path. */
  public LocalHeap current() {
    Thread thread = Thread.currentThread();
    LocalHeap likely = first;
    if (likely.thread() == thread) {
      return likely;
    }
    LocalHeap[] table = slots;
    LocalHeap heap = table[(int) thread.threadId() & (table.length - 1)];
    return heap.thread() == thread ? heap : nobody;
  }

  /** The thread's heap, which {@link #current} finds from now on unless slots meet. */
  synchronized LocalHeap register(Thread thread) {
    if (closed) {
      throw new AllocatorClosedException("heap refused: the allocator is closed");
    }
    forgetDead();
    LocalHeap heap = heaps.computeIfAbsent(thread, factory);
    if (!hits) {
      return heap;
    }
    int slot = (int) thread.threadId() & (slots.length - 1);
    if (slots[slot] != nobody && slots[slot] != heap && slots.length < MOST_SLOTS) {
      grow();
      slot = (int) thread.threadId() & (slots.length - 1);
    }
    slots[slot] = heap;
    if (first == nobody) {
      first = heap;
    }
    return heap;
  }

  /** Heaps of threads that are alive, or were when a thread last got one; any thread may ask. */
  int size() {
    return heaps.size();
  }

  /** From now on every thread finds {@code nobody}. */
  synchronized void close() {
    closed = true;
    heaps.values().forEach(LocalHeap::close);
    heaps.clear();
    first = nobody;
    Arrays.fill(slots, nobody);
  }

  private void forgetDead() {
    for (Iterator<Thread> threads = heaps.keySet().iterator(); threads.hasNext(); ) {
      Thread thread = threads.next();
      if (!thread.isAlive()) {
        threads.remove();
        int slot = (int) thread.threadId() & (slots.length - 1);
        if (slots[slot].thread() == thread) {
          slots[slot] = nobody;
        }
        if (first.thread() == thread) {
          first = nobody;
        }
      }
    }
  }

  private void grow() {
    LocalHeap[] larger = new LocalHeap[slots.length * 2];
    Arrays.fill(larger, nobody);
    heaps.forEach((thread, heap) -> larger[(int) thread.threadId() & (larger.length - 1)] = heap);
    slots = larger;
  }
}
