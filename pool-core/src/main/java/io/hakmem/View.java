package io.hakmem;

import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.arena.Arenas;
import io.hakmem.compose.Parts;
import io.hakmem.engine.Engine;
import io.hakmem.heap.StackRoom;
import io.hakmem.log.Suppressing;
import io.hakmem.rehearsal.Rehearsal;
import io.hakmem.report.AllocatorView;
import io.hakmem.report.ExitReport;
import io.hakmem.report.FigureEvents;
import io.hakmem.report.Forgotten;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an allocator tells of itself; it refers to the parts, and not to the allocator. */
final class View implements AllocatorView {

  private final String name;
  private final Composition composition;
  private final Engine engine;
  private final Arenas arenas;

  /** Told when the program closes the allocator. */
  private final Forgotten forgotten;

  private final @Nullable ExitReport exit;

  View(Parts parts, Engine engine, Arenas arenas) {
    this.name = parts.name();
    this.composition = parts.composition();
    this.engine = engine;
    this.arenas = arenas;
    this.forgotten = new Forgotten(name);
    this.exit = parts.showsStats() ? ExitReport.atExit() : null;
  }

  /** Tells from now on when the allocator ends, however it does; closes it if it cannot. */
  void watch(HakAllocator allocator) {
    try {
      forgotten.watch(allocator);
      if (exit != null) {
        exit.opened(this);
      }
      FigureEvents.opened(this);
    } catch (Throwable refused) {
      Suppressing.close(allocator, refused);
      throw refused;
    }
  }

  /** The program closes the allocator; may be called again. */
  void closing() {
    forgotten.closed();
    if (exit != null) {
      StackRoom.requireForRehearsal(); // What makes the text is used for the first time.
      exit.closing(this);
    }
  }

  @Override
  public boolean isClosed() {
    return forgotten.isClosed();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String composition() {
    return parts().toString();
  }

  Composition parts() {
    Rehearsal.ofRecords();
    return composition;
  }

  @Override
  public Snapshot stats() {
    Rehearsal.ofRecords();
    return engine.stats();
  }

  @Override
  public List<Leak> liveSites() {
    return leaks(Duration.ZERO);
  }

  @Override
  public boolean isTracked() {
    return composition.blocks().leaksReported();
  }

  List<Leak> leaks(Duration age) {
    Rehearsal.ofRecords();
    return engine.leaks(age);
  }

  @Override
  public long trim() {
    arenas.trim();
    return engine.trim();
  }
}
