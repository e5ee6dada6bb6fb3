package io.hakmem.bench.footprint;

import io.hakmem.bench.footprint.Row.Unit;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.workload.Crew;
import io.hakmem.bench.workload.Memory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Programs of one thread: idle, with few blocks left on many pages, with large blocks. */
final class BlockPrograms {

  private static final double UNTOUCHED_MIB = 64;
  private static final double TIMES_TRIMMED = 1.25;
  private static final double TIMES_GROWTH = 2;
  private static final double WASTE = 1.125;

  private static final int MIB = 1 << 20;
  private static final int SCATTERED_BYTES = 192 * MIB;
  private static final int SCATTERED_BLOCK_BYTES = 2 << 10;
  private static final int ONE_OF = 32;
  private static final double SCATTERED_MIB =
      ThreadPrograms.NOISE_MIB + (double) SCATTERED_BYTES / ONE_OF / MIB;
  private static final int TRIMMED_ONE_OF = 64;
  private static final long REGROWTH_MS = TimeUnit.SECONDS.toMillis(150);
  private static final int UNTOUCHED_BLOCKS = 1024;
  private static final long LARGE_BYTES = 1 << 30;
  private static final int GROWN_BYTES = 64 * MIB;
  private static final int STEP_BYTES = 64 << 10;
  private static final int WASTED_BLOCKS = 1000;
  private static final int WASTED_BYTES = (64 << 10) + 1;

  private BlockPrograms() {}

  static List<Row> rows() {
    return Stream.of(idle(), large()).flatMap(List::stream).toList();
  }

  private static List<Row> idle() {
    return List.of(
        Row.ofMib(
            "idle-program",
            "256 MiB used by a thread, then no call",
            ThreadPrograms.NOISE_MIB,
            BlockPrograms::idleProgram),
        Row.ofMib(
            "one-of-32",
            "192 MiB, one block of 32 stays, then no call",
            SCATTERED_MIB,
            site -> oneOf32(site, site.scale().waitMs())),
        Row.ofMib(
                "one-of-32-regrowth",
                "the same, looked at after 150 s",
                SCATTERED_MIB,
                site -> oneOf32(site, site.scale().bytes(REGROWTH_MS)))
            .ifAsked(),
        Row.of(
            "one-of-64",
            "256 MiB, one block of 64 stays, then a trim",
            Unit.MIB,
            Bound.timesMalloc(TIMES_TRIMMED),
            BlockPrograms::oneOf64));
  }

  private static List<Row> large() {
    return List.of(
        Row.ofMib(
            "untouched",
            "1024 blocks of 1 MiB with one byte written",
            UNTOUCHED_MIB,
            BlockPrograms::untouched),
        Row.ofMib(
            "large-untouched",
            "a block of 1 GiB with nothing written",
            ThreadPrograms.NOISE_MIB,
            BlockPrograms::largeUntouched),
        Row.of(
                "growing-buffer",
                "a buffer grows to 64 MiB by 64 KiB",
                Unit.MS,
                Bound.timesMalloc(TIMES_GROWTH),
                BlockPrograms::growingBuffer)
            .ofReallocating(),
        Row.of(
            "large-waste",
            "1000 blocks of 65,537 B written whole",
            Unit.RATIO,
            Bound.atMost(WASTE),
            BlockPrograms::largeWaste));
  }

  /** The thread that did the job waits while the program is looked at. */
  private static Double grownBy(Site site, long idleMs, Consumer<Blocks> job) {
    try (Team thread = new Team(site.subject(), 1)) {
      thread.all(job);
      site.idle(idleMs);
      return site.grownMib();
    }
  }

  private static Double idleProgram(Site site) {
    return grownBy(
        site,
        site.scale().waitMs(),
        blocks ->
            ThreadPrograms.use(blocks, site.scale(), ThreadPrograms.JOB_BYTES, ThreadPrograms.KIB));
  }

  private static Double oneOf32(Site site, long idleMs) {
    int count = site.scale().count(SCATTERED_BYTES / SCATTERED_BLOCK_BYTES);
    return grownBy(
        site,
        idleMs,
        blocks -> Filled.of(blocks, count, SCATTERED_BLOCK_BYTES).freeAllButOneOf(blocks, ONE_OF));
  }

  /** Waits too, for subjects that cannot trim. */
  private static Double oneOf64(Site site) {
    int count = site.scale().count(ThreadPrograms.JOB_BYTES / ThreadPrograms.KIB);
    return grownBy(
        site,
        site.scale().waitMs(),
        blocks -> {
          Filled.of(blocks, count, ThreadPrograms.KIB).freeAllButOneOf(blocks, TRIMMED_ONE_OF);
          site.subject().trim();
        });
  }

  private static Double untouched(Site site) {
    return grownBy(
        site,
        0,
        blocks -> {
          for (int i = site.scale().count(UNTOUCHED_BLOCKS); i > 0; i--) {
            Memory.set(blocks.allocate(MIB), 1);
          }
        });
  }

  private static Double largeUntouched(Site site) {
    return grownBy(site, 0, blocks -> blocks.allocate(site.scale().bytes(LARGE_BYTES)));
  }

  private static Double growingBuffer(Site site) {
    long most = site.scale().bytes(GROWN_BYTES);
    return Crew.onFreshThread(site.subject(), blocks -> growthMs(blocks, most));
  }

  private static double growthMs(Blocks blocks, long most) {
    long began = System.nanoTime();
    long address = blocks.allocate(STEP_BYTES);
    Memory.set(address, STEP_BYTES);
    for (long bytes = 2L * STEP_BYTES; bytes <= most; bytes += STEP_BYTES) {
      address = blocks.reallocate(address, bytes);
      Memory.set(address + bytes - STEP_BYTES, STEP_BYTES);
    }
    double ms = (System.nanoTime() - began) / 1e6;
    blocks.free(address);
    return ms;
  }

  private static Double largeWaste(Site site) {
    int count = site.scale().count(WASTED_BLOCKS);
    return Crew.onFreshThread(
        site.subject(),
        blocks -> {
          Filled.of(blocks, count, WASTED_BYTES);
          return site.grownBytes() / ((double) count * WASTED_BYTES);
        });
  }
}
