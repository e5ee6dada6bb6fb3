package io.hakmem.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leads from the address of a block to the object that stands for it, for allocators that hand out
 * objects where the loads keep addresses. The place of the object in a table is written into {@link
 * #HEADER_BYTES} in front of the block. A program that keeps such objects stores a reference in a
 * place of its own instead, so the cost is alike: a store, a load, and a line of memory that the
 * owner of the block touches anyway.
 *
 * @param <T> the type of the objects
 */
final class ObjectTable<T> {

  /** What a block is asked for in addition. */
  static final int HEADER_BYTES = 8;

  private static final int BATCH = 1024;
  private static final int MOST_OBJECTS = 1 << 22;

  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final Object[] objects = new Object[MOST_OBJECTS];
  private final AtomicInteger fresh = new AtomicInteger();
  private final Queue<int[]> batches = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Places> places = ThreadLocal.withInitial(Places::new);

  /** The free places that the calling thread has at hand. */
  Places places() {
    return places.get();
  }

  private int[] batch() {
    int[] batch = batches.poll();
    return batch != null ? batch : freshBatch();
  }

  private int[] freshBatch() {
    int first = fresh.getAndAdd(BATCH);
    if (first < 0 || first + BATCH > MOST_OBJECTS) {
      throw new IllegalStateException("more than " + MOST_OBJECTS + " blocks live");
    }
    int[] batch = new int[BATCH];
    Arrays.setAll(batch, i -> first + i);
    return batch;
  }

  /**
   * A thread's free places. A block may be freed by another thread than its own: the place then is
   * that thread's, and threads with too many pass a batch on to those with none.
   */
  final class Places {

    private final int[] free = new int[2 * BATCH];
    private int count;

    /** Keeps the object of a block with a header; returns the address behind the header. */
    long keep(T object, long start) {
      if (count == 0) {
        System.arraycopy(batch(), 0, free, 0, BATCH);
        count = BATCH;
      }
      int place = free[--count];
      objects[place] = object;
      ALL.set(JAVA_INT, start, place);
      return start + HEADER_BYTES;
    }

    /** Returns the object of a block and forgets it. */
    @SuppressWarnings("unchecked") // Only keep() stores objects.
    T take(long address) {
      int place = ALL.get(JAVA_INT, address - HEADER_BYTES);
      Object object = objects[place];
      objects[place] = null;
      if (count == free.length) {
        batches.add(Arrays.copyOfRange(free, BATCH, 2 * BATCH));
        count = BATCH;
      }
      free[count++] = place;
      return (T) object;
    }
  }
}
