package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A heap was made, with the pages it starts with. */
@Name("io.hakmem.HeapMade")
@Label("Heap Made")
@Category("HAKMEM")
@Description("A thread got a heap of its own, or virtual threads one more")
@StackTrace(false)
public final class HeapMade extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final HeapMade PROBE = new HeapMade();

  @Label("Shared")
  boolean shared;

  private HeapMade() {}

  static @Nullable HeapMade begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    HeapMade event = new HeapMade();
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
