package io.hakmem.event;

import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Begins events. Each method returns null unless a recording wants the event, so that slow paths
 * stay as they are without one. Any thread may call any method.
 *
 * <p>A class of events registers itself with Flight Recorder when it is loaded, which takes a part
 * of a second the first time: so none is loaded before somebody has started Flight Recorder.
 */
public final class Events {

  /** Bytes that are taken between two samples of allocations. */
  private static final long SAMPLED_BYTES = 512 << 10;

  /** Taken since the last sample, in all allocators of the JVM. */
  private static final AtomicLong TAKEN_BYTES = new AtomicLong();

  /** The thread that tries operations out, whose events are of no program. */
  private static volatile @Nullable Thread rehearsing;

  private Events() {}

  /**
   * Events of the calling thread are made and not written from now on: nobody asked for what they
   * tell. By one thread at a time.
   */
  public static void beginRehearsal() {
    rehearsing = Thread.currentThread();
  }

  /** Ends {@link #beginRehearsal}. */
  public static void endRehearsal() {
    rehearsing = null;
  }

  /** Whether the calling thread only tries operations out. */
  static boolean isRehearsal() {
    return rehearsing == Thread.currentThread();
  }

  /** A bin gets a page. */
  public static @Nullable Refill refill() {
    return FlightRecorder.isInitialized() ? Refill.begun() : null;
  }

  /**
   * An allocation takes memory.
   *
   * @param takenBytes about how much
   */
  public static @Nullable AllocationSample allocationSample(long takenBytes) {
    if (!FlightRecorder.isInitialized()
        || !AllocationSample.isWanted()
        || TAKEN_BYTES.addAndGet(takenBytes) < SAMPLED_BYTES) {
      return null;
    }
    long weight = TAKEN_BYTES.getAndSet(0);
    return weight == 0 ? null : AllocationSample.of(weight); // Else another thread has it.
  }

  /** A large block is made. */
  public static @Nullable LargeBlock largeBlock() {
    return FlightRecorder.isInitialized() ? LargeBlock.begun() : null;
  }

  /** Memory goes back to the system. */
  public static @Nullable Decommit decommit() {
    return FlightRecorder.isInitialized() ? Decommit.begun() : null;
  }

  /** A heap takes over the pages of an ended thread. */
  public static @Nullable Adopt adopt() {
    return FlightRecorder.isInitialized() ? Adopt.begun() : null;
  }

  /** A heap hands on its empty pages. */
  public static @Nullable Collect collect() {
    return FlightRecorder.isInitialized() ? Collect.begun() : null;
  }

  /** A heap is made. */
  public static @Nullable HeapMade heapMade() {
    return FlightRecorder.isInitialized() ? HeapMade.begun() : null;
  }

  /** Unused memory is given back on demand. */
  public static @Nullable Trim trim() {
    return FlightRecorder.isInitialized() ? Trim.begun() : null;
  }

  /** The memory limit refused memory. */
  public static @Nullable LimitHit limitHit() {
    return FlightRecorder.isInitialized() ? LimitHit.wanted() : null;
  }

  /** An address was refused. */
  public static @Nullable RefusedFree refusedFree() {
    return FlightRecorder.isInitialized() ? RefusedFree.wanted() : null;
  }
}
