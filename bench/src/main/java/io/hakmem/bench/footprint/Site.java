package io.hakmem.bench.footprint;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.ProcessMemory;

/** Where a program runs: an open allocator, and what was resident when the program began. */
final class Site {

  private static final int FIRST_BYTES = 64;
  private static final double MIB = 1 << 20;

  private final Subject subject;
  private final Scale scale;
  private final long limitBytes;
  private long startBytes;

  /** Calls the allocator once: what its first call sets up is no part of what a program takes. */
  Site(Subject subject, Scale scale, long limitBytes) {
    this.subject = subject;
    this.scale = scale;
    this.limitBytes = limitBytes;
    Blocks blocks = subject.blocks();
    Filled.of(blocks, 1, FIRST_BYTES).free(blocks);
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
    startBytes = ProcessMemory.exactResidentBytes();
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
    return ProcessMemory.exactResidentBytes() - startBytes;
  }

  double grownMib() {
    return grownBytes() / MIB;
  }
}
