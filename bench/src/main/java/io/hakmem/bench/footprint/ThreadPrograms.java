package io.hakmem.bench.footprint;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Programs of many threads, most of which wait, and of threads that take over from each other. */
final class ThreadPrograms {

  /** What the JVM itself takes meanwhile. */
  static final double NOISE_MIB = 8;

  private static final double WAITING_MIB = 40;
  private static final double LIVE_MIB = 300;
  private static final double BUSY_MIB = 200;

  private static final int MIB = 1 << 20;
  static final int KIB = 1 << 10;
  static final int THREADS = 200;
  private static final int LIVE_THREADS = 2000;
  private static final int ENDED_THREADS = 8;
  private static final int VIRTUAL_THREADS = 1000;
  private static final int SMALL_BYTES = 64;
  private static final int WAITING_BYTES = 100;
  static final int JOB_BYTES = 256 * MIB;
  private static final int POOL_JOB_BYTES = 100 * MIB;
  private static final int POOL_THREADS = 8;
  private static final int POOL_BLOCK_BYTES = 4 * KIB;

  private static final long LARGEST = 32 * KIB;
  private static final int LEAST_STEP = 16;
  private static final int STEPS_OF_A_DOUBLING = 8;

  private ThreadPrograms() {}

  static List<Row> rows() {
    return List.of(
        Row.ofMib(
            "waiting-threads",
            "200 threads use a block each, then wait",
            WAITING_MIB,
            ThreadPrograms::waitingThreads),
        Row.ofMib(
            "live-threads",
            "2000 threads wait with a live block each",
            LIVE_MIB,
            ThreadPrograms::liveThreads),
        Row.ofMib(
            "busy-then-waiting",
            "200 threads use all sizes to 32 KiB, then wait",
            BUSY_MIB,
            ThreadPrograms::busyThenWaiting),
        Row.ofMib(
            "freed-elsewhere",
            "256 MiB of a thread that waits, freed by another",
            NOISE_MIB,
            ThreadPrograms::freedElsewhere),
        Row.ofMib(
            "pool-of-threads",
            "8 threads in turn use 100 MiB, then wait",
            NOISE_MIB,
            ThreadPrograms::poolOfThreads),
        Row.ofMib(
            "ended-threads",
            "8 threads one after another use 256 MiB and end",
            NOISE_MIB,
            ThreadPrograms::endedThreads),
        Row.ofMib(
            "virtual-threads",
            "1000 virtual threads use 1 MiB each and end",
            NOISE_MIB,
            ThreadPrograms::virtualThreads));
  }

  private static Double waitingThreads(Site site) {
    return grownBy(site, THREADS, blocks -> Filled.of(blocks, 1, WAITING_BYTES).free(blocks));
  }

  private static Double liveThreads(Site site) {
    return grownBy(site, LIVE_THREADS, blocks -> Filled.of(blocks, 1, SMALL_BYTES));
  }

  private static Double busyThenWaiting(Site site) {
    return grownBy(site, THREADS, blocks -> Filled.of(blocks, allSizes()).free(blocks));
  }

  /** What the same threads take that call nothing is no part of it. */
  private static Double grownBy(Site site, int threads, Consumer<Blocks> part) {
    try (Team team = new Team(site.subject(), site.scale().count(threads))) {
      team.all(_ -> {});
      site.begin();
      team.all(part);
      site.idle();
      return site.grownMib();
    }
  }

  /** Eight sizes between a power of two and the next, where they are 16 bytes apart. */
  static LongStream allSizes() {
    return LongStream.iterate(
        LEAST_STEP,
        bytes -> bytes <= LARGEST,
        bytes -> bytes + Math.max(LEAST_STEP, Long.highestOneBit(bytes) / STEPS_OF_A_DOUBLING));
  }

  /** Allocates, writes and frees so many bytes. */
  static void use(Blocks blocks, Scale scale, int bytes, int blockBytes) {
    Filled.of(blocks, scale.count(bytes / blockBytes), blockBytes).free(blocks);
  }

  private static Double freedElsewhere(Site site) {
    List<Filled> handed = new CopyOnWriteArrayList<>();
    try (Team owner = new Team(site.subject(), 1);
        Team other = new Team(site.subject(), 1)) {
      int count = site.scale().count(JOB_BYTES / KIB);
      owner.all(blocks -> handed.add(Filled.of(blocks, count, KIB)));
      other.all(blocks -> handed.getFirst().free(blocks));
      site.idle();
      return site.grownMib();
    }
  }

  private static Double poolOfThreads(Site site) {
    try (Team team = new Team(site.subject(), POOL_THREADS)) {
      team.inTurn(blocks -> use(blocks, site.scale(), POOL_JOB_BYTES, POOL_BLOCK_BYTES));
      site.idle();
      return site.grownMib();
    }
  }

  private static Double endedThreads(Site site) {
    for (int i = 0; i < ENDED_THREADS; i++) {
      try (Team thread = new Team(site.subject(), 1)) {
        thread.all(blocks -> use(blocks, site.scale(), JOB_BYTES, KIB));
      }
    }
    site.idle();
    return site.grownMib();
  }

  private static Double virtualThreads(Site site) {
    onVirtualThreads(
        site.subject(),
        site.scale().count(VIRTUAL_THREADS),
        blocks -> Filled.of(blocks, MIB / KIB, KIB).free(blocks));
    site.idle();
    return site.grownMib();
  }

  static void onVirtualThreads(Subject subject, int threads, Consumer<Blocks> part) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(executor.submit(() -> part.accept(subject.blocks())));
      }
      parts.forEach(Crew::result);
    }
  }
}
