package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;
import org.jspecify.annotations.Nullable;

/**
 * The memory limit refused memory. Its calls are a field, as those of {@link AllocationSample} are.
 */
@Name("io.hakmem.LimitHit")
@Label("Limit Hit")
@Category("HAKMEM")
@Description(
    "The memory limit refused memory; it is asked once more after empty pages were given back")
@Throttle("100/s")
@StackTrace(false)
public final class LimitHit extends Event {

  /** Is asked whether events are wanted, and is none. */
  private static final LimitHit PROBE = new LimitHit();

  @Label("Asked")
  @DataAmount
  long asked;

  @Label("Used")
  @DataAmount
  long used;

  @Label("Limit")
  @DataAmount
  long limit;

  @Label("Site")
  String site = "";

  private LimitHit() {}

  static @Nullable LimitHit wanted() {
    return PROBE.isEnabled() ? new LimitHit() : null;
  }

  /**
   * Writes the event.
   *
   * @param asked bytes that were asked for
   * @param used bytes that were committed
   * @param limit the limit in bytes
   * @param site the calls of the program, the innermost first
   */
  public void write(long asked, long used, long limit, String site) {
    if (shouldCommit() && !Events.isRehearsal()) {
      this.asked = asked;
      this.used = used;
      this.limit = limit;
      this.site = site;
      commit();
    }
  }
}
