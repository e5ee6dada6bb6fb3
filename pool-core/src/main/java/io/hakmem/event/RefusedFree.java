package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;
import org.jspecify.annotations.Nullable;

/** An address was refused. Its calls are a field, as those of {@link AllocationSample} are. */
@Name("io.hakmem.RefusedFree")
@Label("Refused Free")
@Category("HAKMEM")
@Description("An address was refused: foreign, inside a block, already free, or of another size")
@Throttle("100/s")
@StackTrace(false)
public final class RefusedFree extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final RefusedFree PROBE = new RefusedFree();

  @Label("Reason")
  String reason = "";

  @Label("Address")
  @MemoryAddress
  long address;

  @Label("Page")
  @MemoryAddress
  long page;

  @Label("Block Size")
  @DataAmount
  long blockBytes;

  @Label("Owner")
  String owner = "";

  @Label("Site")
  String site = "";

  private RefusedFree() {}

  static @Nullable RefusedFree wanted() {
    return PROBE.isEnabled() ? new RefusedFree() : null;
  }

  /**
   * Writes the event.
   *
   * @param reason foreign, interior, already free or wrong size
   * @param address what was passed
   * @param page the page of the address, or 0
   * @param blockBytes size of that page's blocks in bytes, or 0
   * @param owner the thread that owns the page, or none
   * @param site the calls of the program, the innermost first
   */
  public void write(
      String reason, long address, long page, long blockBytes, String owner, String site) {
    if (shouldCommit() && !Events.isRehearsal()) {
      this.reason = reason;
      this.address = address;
      this.page = page;
      this.blockBytes = blockBytes;
      this.owner = owner;
      this.site = site;
      commit();
    }
  }
}
