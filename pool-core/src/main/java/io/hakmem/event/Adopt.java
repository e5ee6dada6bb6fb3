package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A heap took over the pages of an ended thread. */
@Name("io.hakmem.Adopt")
@Label("Adopt")
@Category("HAKMEM")
@Description("A heap took over the pages of an ended thread")
@StackTrace(false)
public final class Adopt extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final Adopt PROBE = new Adopt();

  @Label("Box")
  String box = "";

  @Label("Ended Thread")
  String endedThread = "";

  @Label("Pages")
  int pages;

  private Adopt() {}

  static @Nullable Adopt begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    Adopt event = new Adopt();
    event.begin();
    return event;
  }

  /**
   * Ends the event and writes it.
   *
   * @param box whose pages they are
   * @param endedThread the name of the thread that ended
   * @param pages how many pages
   */
  public void finish(String box, String endedThread, int pages) {
    end();
    if (shouldCommit() && !Events.isRehearsal()) {
      this.box = box;
      this.endedThread = endedThread;
      this.pages = pages;
      commit();
    }
  }
}
