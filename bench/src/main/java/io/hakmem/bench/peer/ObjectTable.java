package io.hakmem.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads from the address of a block to the object that stands for it, for allocators that hand out
 * objects where the loads keep addresses. The place of the object in a table, and the size of the
 * block, are written into {@link #HEADER_BYTES} in front of the block. A program that keeps such
 * objects stores a reference in a place of its own instead, so the cost is alike: a store, a load,
 * and a line of memory that the owner of the block touches anyway.
 *
 * @param <T> the type of the objects
 */
public final class ObjectTable<T> {

  /** What a block is asked for in addition. */
  public static final int HEADER_BYTES = 8;

  private static final int BYTES_SHIFT = 32;
  private static final int BATCH = 1024;
  private static final int MOST_OBJECTS = 1 << 22;
  private static final int SHARES = 16;

  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final Object[] objects = new Object[MOST_OBJECTS];
  private final AtomicInteger fresh = new AtomicInteger();
  private final Queue<int[]> batches = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Places> places = ThreadLocal.withInitial(this::ownPlaces);
  private final Queue<Owned<T>> owned = new ConcurrentLinkedQueue<>();

  /** Null until a virtual thread comes, so that others call {@link Places} alone. */
  private @Nullable List<SharedPlaces> shares;

  /**
   * The free places that the calling thread has at hand. Virtual threads share some, since there
   * are too many of them for a batch each.
   */
  public Places places() {
    Thread thread = Thread.currentThread();
    return thread.isVirtual() ? share((int) thread.threadId() & (SHARES - 1)) : places.get();
  }

  /** Those of a thread that has ended, so that few of them are lost, or new ones. */
  private Places ownPlaces() {
    Owned<T> oldest = owned.poll();
    if (oldest != null && !oldest.thread().isAlive()) {
      return own(oldest.places());
    }
    if (oldest != null) {
      owned.add(oldest);
    }
    return own(new Places());
  }

  private Places own(Places of) {
    owned.add(new Owned<>(Thread.currentThread(), of));
    return of;
  }

  private synchronized Places share(int index) {
    if (shares == null) {
      shares = Stream.generate(SharedPlaces::new).limit(SHARES).toList();
    }
    return shares.get(index);
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
  public class Places {

    private final int[] free = new int[2 * BATCH];
    private int count;

    /** Keeps the object of a block with a header; returns the address behind the header. */
    public long keep(T object, long start, long bytes) {
      if (count == 0) {
        System.arraycopy(batch(), 0, free, 0, BATCH);
        count = BATCH;
      }
      int place = free[--count];
      objects[place] = object;
      ALL.set(JAVA_LONG_UNALIGNED, start, bytes << BYTES_SHIFT | place);
      return start + HEADER_BYTES;
    }

    /** Copies the contents of a block into another, as far as both reach. */
    public void copy(long from, long to) {
      long bytes = Math.min(bytes(from), bytes(to));
      MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    private long bytes(long address) {
      return ALL.get(JAVA_LONG_UNALIGNED, address - HEADER_BYTES) >>> BYTES_SHIFT;
    }

    /** Returns the object of a block and forgets it. */
    @SuppressWarnings("unchecked") // Only keep() stores objects.
    public T take(long address) {
      int place = (int) ALL.get(JAVA_LONG_UNALIGNED, address - HEADER_BYTES);
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

  /** Calls of an allocator that reallocates by moving. */
  public interface Moving extends Blocks {
    ObjectTable<?>.Places places();

    @Override
    default long reallocate(long address, long bytes) {
      long moved = allocate(bytes);
      places().copy(address, moved);
      free(address);
      return moved;
    }
  }

  private record Owned<T>(Thread thread, ObjectTable<T>.Places places) {}

  private final class SharedPlaces extends Places {

    @Override
    public synchronized long keep(T object, long start, long bytes) {
      return super.keep(object, start, bytes);
    }

    @Override
    public synchronized T take(long address) {
      return super.take(address);
    }
  }
}
