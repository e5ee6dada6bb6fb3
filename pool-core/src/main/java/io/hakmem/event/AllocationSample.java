package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

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

  /** Is asked whether events are wanted, and is none. */
  private static final AllocationSample PROBE = new AllocationSample();

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Weight")
  @DataAmount
  long weight;

  @Label("Site")
  String site = "";

  private AllocationSample() {}

  static boolean isWanted() {
    return PROBE.isEnabled();
  }

  static AllocationSample of(long weight) {
    AllocationSample event = new AllocationSample();
    event.weight = weight;
    return event;
  }

  /**
   * Writes the event.
   *
   * @param bytes what was asked for
   * @param site the calls of the program, the innermost first
   */
  public void write(long bytes, String site) {
    if (shouldCommit() && !Events.isRehearsal()) {
      this.bytes = bytes;
      this.site = site;
      commit();
    }
  }
}
