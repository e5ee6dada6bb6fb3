package io.hakmem.event;

import io.hakmem.Stats;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** What an allocator holds and has done. */
@Name("io.hakmem.Figures")
@Label("Figures")
@Category("HAKMEM")
@Description("What an allocator holds and has done so far")
@Period("everyChunk")
@StackTrace(false)
public final class Figures extends Event {

  @Label("Allocator")
  String allocator = "";

  @Label("Committed")
  @DataAmount
  long committed;

  @Label("Live")
  @DataAmount
  long live;

  @Label("Cached")
  @DataAmount
  long cached;

  @Label("Limit")
  @DataAmount
  long limit;

  @Label("Allocations")
  long allocations;

  @Label("Frees")
  long frees;

  @Label("Refused Frees")
  long refused;

  @Label("Out of Memory")
  long outOfMemory;

  private Figures() {}

  /** Writes the event. */
  public static void write(String allocator, Stats now) {
    Figures event = new Figures();
    event.allocator = allocator;
    event.committed = now.committedBytes();
    event.live = now.liveBytes();
    event.cached = now.cachedBytes();
    event.limit = now.limitBytes();
    event.allocations = now.allocations();
    event.frees = now.frees();
    event.refused = now.refusedFrees();
    event.outOfMemory = now.outOfMemory();
    event.commit();
  }
}
