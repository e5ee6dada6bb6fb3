package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Memory went back to the system. */
@Name("io.hakmem.Decommit")
@Label("Decommit")
@Category("HAKMEM")
@Description("Memory went back to the system")
@StackTrace(false)
public final class Decommit extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final Decommit PROBE = new Decommit();

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Cause")
  String cause = "";

  private Decommit() {}

  static @Nullable Decommit begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    Decommit event = new Decommit();
    event.begin();
    return event;
  }

  /**
   * Ends the event and writes it.
   *
   * @param bytes how many in all
   * @param cause why: decay, trim, limit or large block
   */
  public void finish(long bytes, String cause) {
    end();
    if (shouldCommit() && !Events.isRehearsal()) {
      this.bytes = bytes;
      this.cause = cause;
      commit();
    }
  }
}
