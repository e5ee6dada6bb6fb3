package io.hakmem.thread;

import io.hakmem.AllocatorClosedException;
import io.hakmem.heap.LocalHeap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds the heap of a thread: one array read and one comparison. A thread whose slot is taken has
 * the one beside it; the table grows when both are.
 *
 * <p>Threads are compared by identity: a class of a program may override {@code equals} and {@code
 * hashCode}, and threads that are equal still have a heap each.
 *
 * <p>A slot holds {@code nobody} or a heap; a stale slot shows another thread's heap, which the
 * comparison refuses.
 */
public final class HeapTable {

  private static final int FIRST_HEAPS = 16;
  private static final int FIRST_SLOTS = 256;
  private static final int MOST_SLOTS = 1 << 16;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final LocalHeap nobody;
  private final Function<Thread, LocalHeap> factory;
  private final Consumer<LocalHeap> ended;
  private final boolean hits;

  /** The heaps of threads, in no order, and behind them {@code nobody}; guarded by this. */
  private LocalHeap[] heaps;

  /** How many heaps there are; written under the monitor. */
  private volatile int count;

  private LocalHeap[] slots;

  /** Compared before the table is read: a predicted comparison does not wait for a thread's id. */
  private LocalHeap first;

  /** Whether boxes are at work on a heap; guarded by this. */
  private boolean making;

  /** Guarded by this. */
  private boolean closed;

  /**
   * A table without heaps.
   *
   * @param ended is handed the heap of each thread that has ended, before it is forgotten
   * @param hits without them every thread finds {@code nobody}, and its own heap by {@link
   *     #register} alone
   */
  public HeapTable(
      LocalHeap nobody,
      Function<Thread, LocalHeap> factory,
      Consumer<LocalHeap> ended,
      boolean hits) {
    this.nobody = nobody;
    this.hits = hits;
    this.factory = factory;
    this.ended = ended;
    this.first = nobody;
    this.heaps = filled(FIRST_HEAPS);
    this.slots = filled(FIRST_SLOTS);
  }

  private LocalHeap[] filled(int length) {
    LocalHeap[] filled = new LocalHeap[length];
    Arrays.fill(filled, nobody);
    return filled;
  }

  /**
   * The calling thread's heap, or {@code nobody}, whose every operation takes the slow path.
   *
   * <p>The slot is written out, as in {@link #slotOf}: a thread comes there before it has a heap,
   * and a call that was made once stays in the loop of the caller.
   */
  public LocalHeap current() {
    Thread thread = Thread.currentThread();
    LocalHeap likely = first;
    if (likely.thread() == thread) {
      return likely;
    }
    LocalHeap[] table = slots;
    int slot = (int) ((thread.threadId() * SPREAD) >>> Integer.SIZE) & (table.length - 1);
    LocalHeap heap = table[slot];
    if (heap.thread() == thread) {
      return heap;
    }
    LocalHeap beside = table[slot ^ 1];
    return beside.thread() == thread ? beside : nobody;
  }

  /** Spreads ids that are a power of two apart: the multiplier is 2^64 over the golden ratio. */
  private static int slotOf(Thread thread, int length) {
    return (int) ((thread.threadId() * SPREAD) >>> Integer.SIZE) & (length - 1);
  }

  /** The thread's heap, which {@link #current} finds from now on unless slots meet. */
  public synchronized LocalHeap register(Thread thread) {
    if (closed) {
      throw new AllocatorClosedException("heap refused: the allocator is closed");
    }
    forgetDead();
    LocalHeap known = heapOf(thread);
    LocalHeap heap = known == nobody ? make(thread) : known;
    if (hits) {
      enter(thread, heap);
    }
    return heap;
  }

  private LocalHeap heapOf(Thread thread) {
    for (int i = 0; i < count; i++) {
      if (heaps[i].thread() == thread) {
        return heaps[i];
      }
    }
    return nobody;
  }

  /** There is room for the heap before it is made, since it has pages then. */
  private LocalHeap make(Thread thread) {
    int before = count;
    if (making) {
      throw new IllegalStateException("a box allocates while it makes a heap's bins");
    }
    if (before == heaps.length) {
      LocalHeap[] more = filled(2 * before);
      System.arraycopy(heaps, 0, more, 0, before);
      heaps = more;
    }
    making = true;
    try {
      LocalHeap heap = factory.apply(thread);
      heaps[before] = heap;
      count = before + 1;
      return heap;
    } finally {
      making = false;
    }
  }

  private void enter(Thread thread, LocalHeap heap) {
    boolean placed = place(slots, thread, heap);
    while (!placed && slots.length < MOST_SLOTS && grow()) {
      placed = place(slots, thread, heap);
    }
    if (!placed) {
      slots[slotOf(thread, slots.length)] = heap;
    }
    if (first == nobody) {
      first = heap;
    }
  }

  /** Gives a heap one of its two slots; false if both are another's. */
  private boolean place(LocalHeap[] table, Thread thread, LocalHeap heap) {
    int slot = slotOf(thread, table.length);
    for (int each : new int[] {slot, slot ^ 1}) {
      if (table[each] == nobody || table[each] == heap) {
        table[each] = heap;
        return true;
      }
    }
    return false;
  }

  /** The heaps of threads that are alive; those of others are forgotten. */
  public synchronized List<LocalHeap> ofLivingThreads() {
    forgetDead();
    return new ArrayList<>(Arrays.asList(heaps).subList(0, count));
  }

  /** Heaps of threads that are alive, or were when a thread last got one; any thread may ask. */
  public int size() {
    return count;
  }

  /** From now on every thread finds {@code nobody}. Returns the heaps of before. */
  public synchronized List<LocalHeap> close() {
    List<LocalHeap> all = List.of(Arrays.copyOf(heaps, count));
    closed = true;
    for (int i = 0; i < count; i++) {
      heaps[i].close();
    }
    count = 0;
    first = nobody;
    Arrays.fill(heaps, nobody);
    Arrays.fill(slots, nobody);
    return all;
  }

  private void forgetDead() {
    for (int i = count - 1; i >= 0; i--) {
      LocalHeap heap = heaps[i];
      Thread thread = heap.thread();
      if (thread != null && !thread.isAlive()) {
        ended.accept(heap);
        int slot = slotOf(thread, slots.length);
        int last = count - 1;
        slots[slot] = slots[slot] == heap ? nobody : slots[slot];
        slots[slot ^ 1] = slots[slot ^ 1] == heap ? nobody : slots[slot ^ 1];
        first = first == heap ? nobody : first;
        heaps[i] = heaps[last];
        heaps[last] = nobody;
        count = last;
      }
    }
  }

  /** Without Java heap for a larger table, threads whose slots meet take turns in one. */
  private boolean grow() {
    LocalHeap[] larger;
    try {
      larger = filled(slots.length * 2);
    } catch (OutOfMemoryError refused) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      Thread thread = heaps[i].thread();
      if (thread != null) {
        place(larger, thread, heaps[i]);
      }
    }
    slots = larger;
    return true;
  }
}
