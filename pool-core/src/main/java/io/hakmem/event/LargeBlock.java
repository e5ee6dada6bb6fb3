package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A block above the last size class was made: a run of pages, or a mapping of its own. */
@Name("io.hakmem.LargeBlock")
@Label("Large Block")
@Category("HAKMEM")
@Description("A block above the last size class was made")
@Threshold("1 ms")
@StackTrace(false)
public final class LargeBlock extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final LargeBlock PROBE = new LargeBlock();

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Alignment")
  @DataAmount
  long alignment;

  @Label("Address")
  @MemoryAddress
  long address;

  private LargeBlock() {}

  static @Nullable LargeBlock begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    LargeBlock event = new LargeBlock();
    event.begin();
    return event;
  }

  /**
   * Ends the event and writes it.
   *
   * @param bytes length of the block in bytes
   * @param alignment what was asked for in bytes, or 1
   * @param address where it begins
   */
  public void finish(long bytes, long alignment, long address) {
    end();
    if (shouldCommit() && !Events.isRehearsal()) {
      this.bytes = bytes;
      this.alignment = alignment;
      this.address = address;
      commit();
    }
  }
}
