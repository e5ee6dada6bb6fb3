package io.hakmem.bench.footprint;

import io.hakmem.HakAllocator;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.result.MemorySample;
import io.hakmem.bench.result.MemorySeries;
import io.hakmem.bench.workload.ProcessMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a program runs: an open allocator, and what was resident when the program began. Meanwhile
 * a thread looks at the memory, unless the figure of the program is a time.
 */
final class Site implements AutoCloseable {

  private static final int FIRST_BYTES = 64;
  private static final double MIB = 1 << 20;
  private static final int MOST_SAMPLES = 120;
  private static final long PAUSE_MS = 25;

  private final Subject subject;
  private final Scale scale;
  private final long limitBytes;
  private final MemorySeries series = new MemorySeries(MOST_SAMPLES);
  private final @Nullable Thread watch;

  /** Guarded by the series, as the next two are. */
  private long startBytes;

  private long startNs;

  /** Whether the figure is taken, which is the last sample then. */
  private boolean isOver;

  /** Calls the allocator once: what its first call sets up is no part of what a program takes. */
  Site(Subject subject, Scale scale, long limitBytes, boolean isWatched) {
    this.subject = subject;
    this.scale = scale;
    this.limitBytes = limitBytes;
    Blocks blocks = subject.blocks();
    Filled.of(blocks, 1, FIRST_BYTES).free(blocks);
    begin();
    watch = isWatched ? Thread.ofPlatform().daemon().name("watch").start(this::watch) : null;
    System.gc();
    begin();
  }

  Subject subject() {
    return subject;
  }

  Scale scale() {
    return scale;
  }

  /** What HAKMEM may hold; 0 if it has no limit. */
  long limitBytes() {
    return limitBytes;
  }

  /** From here on growth counts. */
  void begin() {
    synchronized (series) {
      series.clear();
      isOver = false;
      startBytes = ProcessMemory.exactResidentBytes();
      startNs = System.nanoTime();
    }
  }

  /** Calls nothing until what is not used has gone back. */
  void idle() {
    idle(scale.waitMs());
  }

  /** Calls nothing for a time. */
  void idle(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the program was idle", e);
    }
  }

  double grownBytes() {
    synchronized (series) {
      isOver = true;
      return sample();
    }
  }

  double grownMib() {
    return grownBytes() / MIB;
  }

  /** What it held since it began, the figures that it asked for among them. */
  List<MemorySample> samples() {
    return series.samples();
  }

  private long sample() {
    long grown = ProcessMemory.exactResidentBytes() - startBytes;
    series.add(
        new MemorySample(
            null,
            (System.nanoTime() - startNs) / 1e9,
            grown,
            subject.allocator().map(HakAllocator::committedBytes).orElse(null),
            subject.allocator().map(HakAllocator::liveBytes).orElse(null)));
    return grown;
  }

  private void watch() {
    try {
      while (true) {
        synchronized (series) {
          if (!isOver) {
            sample();
          }
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when nobody looks any more; then the allocator can be closed. */
  @Override
  public void close() {
    if (watch == null) {
      return;
    }
    watch.interrupt();
    boolean isInterrupted = false;
    while (watch.isAlive()) {
      try {
        watch.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
