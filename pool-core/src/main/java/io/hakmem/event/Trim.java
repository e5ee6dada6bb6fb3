package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Unused memory was given back on demand. */
@Name("io.hakmem.Trim")
@Label("Trim")
@Category("HAKMEM")
@Description("Unused memory was given back on demand")
@StackTrace(false)
public final class Trim extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final Trim PROBE = new Trim();

  @Label("Bytes")
  @DataAmount
  long bytes;

  private Trim() {}

  static @Nullable Trim begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    Trim event = new Trim();
    event.begin();
    return event;
  }

  /**
   * Ends the event and writes it.
   *
   * @param bytes how many went back to the system
   */
  public void finish(long bytes) {
    end();
    if (shouldCommit() && !Events.isRehearsal()) {
      this.bytes = bytes;
      commit();
    }
  }
}
