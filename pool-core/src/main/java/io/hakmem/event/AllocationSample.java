package io.hakmem.event;

import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * One of the allocations that made an allocator take memory, chosen by the bytes that were taken.
 * Its calls are a field: a stack trace of Flight Recorder would begin inside of the allocator.
 */
@Name("io.hakmem.AllocationSample")
@Label("Allocation Sample")
@Category("HAKMEM")
@Description("An allocation that took memory, about one for each 512 KiB that were taken")
@StackTrace(false)
public final class AllocationSample extends Event {

  /** Bytes that are taken between two samples. */
  private static final long INTERVAL_BYTES = 512 << 10;

  /** Is asked whether events are wanted, and is none. */
  private static final AllocationSample PROBE = new AllocationSample();

  /** Taken since the last sample, in all allocators of the JVM. */
  private static final AtomicLong TAKEN = new AtomicLong();

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Weight")
  @DataAmount
  long weight;

  @Label("Site")
  String site = "";

  private AllocationSample() {}

  static @Nullable AllocationSample wanted(long takenBytes) {
    if (!PROBE.isEnabled() || TAKEN.addAndGet(takenBytes) < INTERVAL_BYTES) {
      return null;
    }
    AllocationSample event = new AllocationSample();
    event.weight = TAKEN.getAndSet(0);
    return event.weight < INTERVAL_BYTES ? null : event; // Another thread has taken them.
  }

  /**
   * Writes the event.
   *
   * @param bytes what was asked for
   * @param site the calls of the program, the innermost first
   */
  public void write(long bytes, String site) {
    if (shouldCommit()) {
      this.bytes = bytes;
      this.site = site;
      commit();
    }
  }
}
