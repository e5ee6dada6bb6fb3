package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.compose.ComposedBox;
import io.hakmem.compose.Composer;
import io.hakmem.compose.Parts;
import io.hakmem.compose.Wanted;
import io.hakmem.engine.Engine;
import io.hakmem.heap.HeapAccess;
import io.hakmem.heap.LocalHeap;
import io.hakmem.purge.IdleHeaps;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap is collected by another thread while its own waits, and only then. */
final class WaitingThreadsTest {

  private static final long RACE_NS = TimeUnit.SECONDS.toNanos(3);
  private static final int BLOCKS = 64;

  /** Hits, then a wait that may end in any step of the collector. */
  private static final int PAIRS_A_WAIT = 2000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HAKMEM_PROFILE=THROUGHPUT",
        "HAKMEM_PROFILE=LEGACY",
        "HAKMEM_PROFILE=MIXED_TINYV3_C7_SAFE",
        "HAKMEM_POOL_V2_ENABLED=1"
      })
  void collect_threadThatWaitsNowAndThen_leavesItsHeapWhole(String gates) throws Exception {
    Race race = new Race(gates);
    race.run(RACE_NS, 50_000, (heap, flush) -> IdleHeaps.collect(List.of(heap), flush));
    assertThat(race.thrown).as(gates).hasValue(null);
    assertThat(race.collected).as("rounds that reached the heap").isGreaterThan(20);
  }

  /** The twin: a collector that does not ask whether the thread waits must be seen to break it. */
  @Test
  void collect_withoutTheSafepoints_breaksTheHeap() throws Exception {
    Race race = new Race("HAKMEM_PROFILE=THROUGHPUT");
    race.run(
        10 * RACE_NS,
        1,
        (heap, flush) -> {
          HeapAccess access = heap.access();
          if (access.stopAllocations() && access.stopFrees()) {
            access.collect(flush);
          }
        });
    assertThat(race.thrown.get()).as("%d rounds", race.collected).isNotNull();
  }

  private interface Collector {

    void collect(LocalHeap heap, Consumer<LocalHeap> flush);
  }

  /** A thread at work, and a collector of its heap. */
  private static final class Race {

    private final Parts parts;
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    private volatile boolean ended;
    private volatile @Nullable LocalHeap heap;
    private int collected;

    private Race(String gates) {
      String[] gate = gates.split("=", -1);
      parts = Composer.compose(new Wanted().set("HAKMEM_PURGE_THREAD", "0").set(gate[0], gate[1]));
    }

    private void run(long mostNs, long pauseNs, Collector collector) throws InterruptedException {
      Engine engine = new Engine(parts);
      Thread worker = Thread.ofPlatform().daemon().start(() -> work(engine));
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < mostNs && thrown.get() == null) {
        LocalHeap found = heap;
        if (found != null) {
          try {
            collector.collect(found, this::flush);
          } catch (RuntimeException broken) {
            thrown.compareAndSet(null, broken);
          }
        }
        LockSupport.parkNanos(pauseNs);
      }
      ended = true;
      worker.join(TimeUnit.SECONDS.toMillis(10));
      if (worker.isAlive()) {
        thrown.compareAndSet(null, new IllegalStateException("the thread goes round for ever"));
      }
      engine.close();
    }

    private void flush(LocalHeap of) {
      collected++;
      for (ComposedBox box : parts.boxes()) {
        box.flush(of);
      }
    }

    private void work(Engine engine) {
      Random random = new Random(1);
      long[] blocks = new long[BLOCKS];
      try {
        heap = engine.ownHeap();
        while (!ended) {
          for (int pair = 0; pair < PAIRS_A_WAIT; pair++) {
            replace(engine, blocks, random.nextInt(BLOCKS), 16 + random.nextInt(1500));
          }
          engine.checkInvariants();
          LockSupport.parkNanos(random.nextInt(200_000));
        }
      } catch (Throwable broken) {
        thrown.compareAndSet(null, broken);
      }
    }

    private static void replace(Engine engine, long[] blocks, int at, int bytes) {
      if (blocks[at] != 0) {
        MemorySegment old = engine.contents().usable(blocks[at]);
        if (old.get(ValueLayout.JAVA_LONG, 0) != ~blocks[at]) {
          throw new IllegalStateException("another block's content");
        }
        engine.frees().free(blocks[at]);
      }
      long block = engine.heaps().current().allocate(bytes);
      engine.contents().usable(block).set(ValueLayout.JAVA_LONG, 0, ~block);
      blocks[at] = block;
    }
  }
}
