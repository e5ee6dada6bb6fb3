package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A heap handed on its empty pages. */
@Name("io.hakmem.Collect")
@Label("Collect")
@Category("HAKMEM")
@Description("A heap handed on its empty pages")
@Threshold("1 ms")
@StackTrace(false)
public final class Collect extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final Collect PROBE = new Collect();

  @Label("Shared")
  boolean shared;

  private Collect() {}

  static @Nullable Collect begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    Collect event = new Collect();
    event.begin();
    return event;
  }

  /**
   * Ends the event and writes it.
   *
   * @param shared whether virtual threads share the heap
   */
  public void finish(boolean shared) {
    end();
    if (shouldCommit() && !Events.isRehearsal()) {
      this.shared = shared;
      commit();
    }
  }
}
