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

/** A bin without free blocks got some. */
@Name("io.hakmem.Refill")
@Label("Refill")
@Category("HAKMEM")
@Description("A bin without free blocks got a page, or its own pages got free blocks")
@Threshold("1 ms")
@StackTrace(false)
public final class Refill extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final Refill PROBE = new Refill();

  @Label("Box")
  String box = "";

  @Label("Block Size")
  @DataAmount
  long blockBytes;

  @Label("Origin")
  String origin = "";

  @Label("Page")
  @MemoryAddress
  long page;

  private Refill() {}

  static @Nullable Refill begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    Refill event = new Refill();
    event.begin();
    return event;
  }

  /**
   * Ends the event and writes it.
   *
   * @param box whose page it is
   * @param blockBytes size of the bin's blocks in bytes
   * @param origin where the blocks came from
   * @param page address of the page that came, or 0 if none did
   */
  public void finish(String box, long blockBytes, String origin, long page) {
    end();
    if (shouldCommit() && !Events.isRehearsal()) {
      this.box = box;
      this.blockBytes = blockBytes;
      this.origin = origin;
      this.page = page;
      commit();
    }
  }
}
