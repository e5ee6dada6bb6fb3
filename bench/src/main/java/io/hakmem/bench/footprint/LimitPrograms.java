package io.hakmem.bench.footprint;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.bench.footprint.Row.Program;
import io.hakmem.bench.footprint.Row.Unit;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.workload.Random32;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Programs that come near the limit of HAKMEM, and what of it they get. */
final class LimitPrograms {

  private static final double LEAST_PERCENT = 85;

  private static final long MIB = 1 << 20;
  private static final long LIMIT = 300 * MIB;
  private static final long LIMIT_OF_MANY = 256 * MIB;
  private static final long LIMIT_OF_MIXED = 4 * MIB;
  private static final long ASKED = 100 * MIB;
  private static final int MIXED_THREADS = 4;
  private static final int MOST_MIXED_BYTES = 1000;
  private static final int SEED = 1;

  private LimitPrograms() {}

  static List<Row> rows() {
    return List.of(
        row(
            "limit-ended",
            "100 of 300 MiB, after a thread that used 256 MiB ended",
            LIMIT,
            LimitPrograms::ended),
        row(
            "limit-ended-virtual",
            "the same after a virtual thread",
            LIMIT,
            LimitPrograms::endedVirtual),
        row("limit-waiting", "the same while that thread waits", LIMIT, LimitPrograms::waiting),
        Row.of(
                "limit-many-threads",
                "200 threads use all sizes to 32 KiB within 256 MiB",
                Unit.REFUSALS,
                Bound.atMost(0),
                LimitPrograms::manyThreads)
            .withLimit(LIMIT_OF_MANY),
        row(
            "limit-mixed",
            "4 threads fill 4 MiB with blocks of 1 to 1000 B",
            LIMIT_OF_MIXED,
            site -> mixed(site, MIXED_THREADS)),
        row("limit-mixed-one", "the same with one thread", LIMIT_OF_MIXED, site -> mixed(site, 1)));
  }

  private static Row row(String name, String meaning, long limit, Program program) {
    return Row.of(name, meaning, Unit.PERCENT, Bound.atLeast(LEAST_PERCENT), program)
        .withLimit(limit);
  }

  private static void job(Site site, Blocks blocks) {
    ThreadPrograms.use(blocks, site.scale(), ThreadPrograms.JOB_BYTES, ThreadPrograms.KIB);
  }

  private static @Nullable Double ended(Site site) {
    try (Team thread = new Team(site.subject(), 1)) {
      thread.all(blocks -> job(site, blocks));
    }
    return refusedAt(site);
  }

  private static @Nullable Double endedVirtual(Site site) {
    ThreadPrograms.onVirtualThreads(site.subject(), 1, blocks -> job(site, blocks));
    return refusedAt(site);
  }

  private static @Nullable Double waiting(Site site) {
    try (Team thread = new Team(site.subject(), 1)) {
      thread.all(blocks -> job(site, blocks));
      return refusedAt(site);
    }
  }

  private static @Nullable Double refusedAt(Site site) {
    Blocks blocks = site.subject().blocks();
    long asked = site.scale().bytes(ASKED);
    try {
      blocks.free(blocks.allocate(asked));
      return null;
    } catch (OutOfNativeMemoryException e) {
      return percent(site, asked);
    }
  }

  private static double percent(Site site, long bytes) {
    return 100.0 * bytes / site.limitBytes();
  }

  private static Double manyThreads(Site site) {
    LongAdder refused = new LongAdder();
    int threads = site.scale().count(ThreadPrograms.THREADS);
    try (Team team = new Team(site.subject(), threads)) {
      team.all(blocks -> useAllSizes(blocks, refused));
    }
    return refused.doubleValue();
  }

  private static void useAllSizes(Blocks blocks, LongAdder refused) {
    ThreadPrograms.allSizes()
        .mapToObj(bytes -> filledOrNone(blocks, bytes, refused))
        .toList()
        .forEach(filled -> filled.free(blocks));
  }

  private static Filled filledOrNone(Blocks blocks, long bytes, LongAdder refused) {
    try {
      return Filled.of(blocks, 1, bytes);
    } catch (OutOfNativeMemoryException e) {
      refused.increment();
      return Filled.none();
    }
  }

  private static Double mixed(Site site, int threads) {
    LongAdder asked = new LongAdder();
    AtomicInteger numbers = new AtomicInteger();
    AtomicBoolean refused = new AtomicBoolean();
    try (Team team = new Team(site.subject(), threads)) {
      team.all(blocks -> fill(blocks, numbers.getAndIncrement(), asked, refused));
    }
    return percent(site, asked.sum());
  }

  private static void fill(Blocks blocks, int number, LongAdder asked, AtomicBoolean refused) {
    int random = Random32.first(SEED, number);
    while (!refused.get()) {
      random = Random32.next(random);
      int bytes = 1 + Random32.below(random, MOST_MIXED_BYTES);
      asked.add(bytes);
      try {
        Filled.of(blocks, 1, bytes);
      } catch (OutOfNativeMemoryException e) {
        refused.set(true);
      }
    }
  }
}
