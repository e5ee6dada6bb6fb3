package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * Who may touch the plain fields of a heap: its thread, or a collector while that thread waits for
 * something else. A hit asks nobody, so a collector takes hits away first, in steps of which each
 * is seen by the thread before the next one begins:
 *
 * <ol>
 *   <li>{@link #stopAllocations}: no allocation is a hit any more.
 *   <li>A safepoint, at which the thread was waiting, outside of this library.
 *   <li>{@link #stopFrees}: no free is a hit. The heap's pages stay the same meanwhile, since only
 *       slow paths change which they are.
 *   <li>Another such safepoint, and then {@link #collect}.
 * </ol>
 *
 * <p>A thread that waits sees what was written before the safepoint when it goes on, since it comes
 * from a native call. Its first operation is a slow path then. Each slow path is between {@link
 * #enter} and the write of {@link #depth}; {@code enter} waits for a collector, and makes
 * operations hits again. A step fails if the thread came in between, and nothing is lost: another
 * attempt begins where this one ended.
 *
 * <p>The idea is that of asymmetric fences: all of the cost is with the rare side.
 */
public final class HeapAccess {

  private static final VarHandle IS_WRITING;

  static {
    try {
      IS_WRITING =
          MethodHandles.lookup().findVarHandle(HeapAccess.class, "isWriting", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int OPEN = 0;
  private static final int NO_ALLOCATIONS = 1;
  private static final int NO_HITS = 2;
  private static final int COLLECTED = 3;

  private final LocalHeap heap;

  /**
   * Slow paths that the heap's thread is in, one inside the other. The thread alone writes it, and
   * writes what {@link #enter} returned when it leaves, without a call that could fail.
   */
  public int depth;

  /**
   * Whether the heap's thread writes to a block of its own by a native call, which the JVM does not
   * keep from memory that is gone. The thread alone sets it, and then asks whether the heap is
   * closed; it waits for nothing while it is set.
   */
  public boolean isWriting;

  /** Slow paths that were begun, whatever their number was before it overflowed. */
  private int begun;

  /** Written under the monitor; the heap's thread reads it plainly. */
  private int stage = OPEN;

  /** What {@link #activity} was when a collector looked last. */
  private long lastActivity;

  /** Calls since then that found the same. */
  private int idleCalls;

  HeapAccess(LocalHeap heap) {
    this.heap = heap;
  }

  /**
   * Begins a slow path; the heap's thread only. Waits for a collector, and takes the heap back.
   *
   * @return what {@link #depth} is to be set to at the end, whatever happens
   */
  public int enter() {
    int outer = depth;
    depth = outer + 1;
    begun++;
    if (stage != OPEN) {
      resume(outer);
    }
    return outer;
  }

  /** Whether a collector has begun to take hits away; the heap's thread only. */
  public boolean isSuspended() {
    return stage != OPEN;
  }

  private void resume(int outer) {
    try {
      StackRoom.require();
      synchronized (this) {
        heap.resumeHits();
        stage = OPEN;
      }
    } catch (Throwable brokenOff) {
      depth = outer;
      throw brokenOff;
    }
  }

  /**
   * Whether the heap's thread did nothing since the call before the last one, as far as can be
   * seen. Of a thread that does nothing for long, and does not wait either, this is said ever more
   * seldom.
   */
  public synchronized boolean isIdle() {
    long now = activity();
    idleCalls = now == lastActivity ? idleCalls + 1 : 0;
    lastActivity = now;
    return idleCalls > 1 && Integer.bitCount(idleCalls) == 1;
  }

  /** A number that changes when the heap is used, as a rule: read without any order. */
  @SuppressWarnings("ReferenceEquality") // A box may extend the bin and override equals.
  private long activity() {
    long sum = begun;
    Bin last = Bin.NONE;
    for (Bin bin : heap.allBins) {
      if (bin != last) {
        Page page = bin.behind().current;
        sum = 31 * sum + page.base + 31L * page.head + page.used;
        last = bin;
      }
    }
    return sum;
  }

  /** Whether a collector has been here, and the heap's thread has not been since. */
  public synchronized boolean isCollected() {
    return stage == COLLECTED;
  }

  /** The first step of a collector; false if the heap's thread is in a slow path. */
  public synchronized boolean stopAllocations() {
    if (stage == OPEN && depth == 0) {
      heap.stopAllocationHits();
      stage = NO_ALLOCATIONS;
    }
    return stage != OPEN && depth == 0;
  }

  /** The second step, after a safepoint at which the heap's thread waited; false if it came. */
  public synchronized boolean stopFrees() {
    if (stage == NO_ALLOCATIONS && depth == 0) {
      for (Page page = heap.owned.newest(); page != null; page = heap.owned.before(page)) {
        page.thread = null;
        page.asker = null;
      }
      stage = NO_HITS;
    }
    return stage >= NO_HITS && depth == 0;
  }

  /**
   * The last step, after another such safepoint: hands the heap over while its thread waits, or has
   * ended. The operation acts in the place of the thread.
   *
   * @return false if the thread came, and the operation was not run
   */
  public synchronized boolean collect(Consumer<LocalHeap> operation) {
    if (stage < NO_HITS || depth != 0) {
      return false;
    }
    stage = COLLECTED;
    operation.accept(heap);
    return true;
  }

  /** Runs an operation on the heap of a thread that has ended, while no collector does. */
  public synchronized void inPlaceOfEnded(Runnable operation) {
    operation.run();
  }

  /** Waits until the thread does not write; any thread, after a handshake with all threads. */
  public void awaitWritten() {
    while ((boolean) IS_WRITING.getOpaque(this)) {
      Thread.onSpinWait();
    }
  }

  /** Makes every allocation slow, whatever a collector does at the moment. */
  synchronized void close() {
    heap.stopAllocationHits();
  }
}
