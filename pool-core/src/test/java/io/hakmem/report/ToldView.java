package io.hakmem.report;

import io.hakmem.BoxFailedException;
import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.Leak;
import io.hakmem.Stats;
import java.util.List;
import java.util.TreeMap;

/** An allocator with no figures but zeros, or with a box that cannot tell them. */
public final class ToldView implements AllocatorView {

  private final String name;
  private final boolean fails;
  private boolean closed;

  /** An open one. */
  public ToldView(String name, boolean fails) {
    this.name = name;
    this.fails = fails;
  }

  /** It is closed from now on. */
  void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String composition() {
    return "";
  }

  @Override
  public Snapshot stats() {
    if (fails) {
      throw new BoxFailedException("box faulty failed in report(): not today");
    }
    return new Snapshot(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        new Stats.RefusedFrees(0, 0, 0, 0),
        0,
        0,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  @Override
  public List<Leak> liveSites() {
    return List.of();
  }

  @Override
  public boolean isTracked() {
    return false;
  }

  @Override
  public long trim() {
    return 0;
  }
}
