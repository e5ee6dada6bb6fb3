package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.InvalidFreeException;
import io.hakmem.compose.Composer;
import io.hakmem.compose.Wanted;
import io.hakmem.engine.Engine;
import io.hakmem.heap.LocalHeap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads are told apart by identity, whatever their class says of them. */
final class HostileThreadsTest {

  private static final int THREADS = 4;
  private static final int BLOCKS = 300;
  private static final int[] SIZES = {16, 64, 256, 512, 1000, 1024, 5000, 20_000, 70_000};

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<LocalHeap> heaps =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  private final List<Long> blocks = Collections.synchronizedList(new ArrayList<>());
  private final CyclicBarrier together = new CyclicBarrier(THREADS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HAKMEM_PROFILE=LEGACY",
        "HAKMEM_PROFILE=C7_SAFE",
        "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1",
        "HAKMEM_PROFILE=C6_HEAVY_LEGACY_POOLV1_FLATTEN",
        "HAKMEM_PROFILE=MIXED_TINYV3_C7_SAFE",
        "HAKMEM_PROFILE=THROUGHPUT",
        "HAKMEM_POOL_V1_FLATTEN_ENABLED=1 HAKMEM_POOL_V1_FLATTEN_STATS=1",
        "HAKMEM_SMALLMID_ENABLE=1 HAKMEM_SMALLMID_STATS=1",
        "HAKMEM_MID_DESC_CACHE_ENABLED=1",
        "HAKMEM_POOL_V2_ENABLED=1",
        "HAKMEM_LEAK_SAMPLE_EVERY=1",
        "HAKMEM_CHECKS=full",
      })
  void threads_whoseClassOverridesAllItCan_haveAHeapEachAndShareNoBlock(String gates)
      throws InterruptedException {
    for (boolean silent : new boolean[] {false, true}) {
      heaps.clear();
      blocks.clear();
      try (Engine engine = engine(gates)) {
        runTogether(engine, silent);
        assertThat(failures).isEmpty();
        assertThat(heaps).hasSize(gates.contains("full") ? 1 : THREADS);
        assertThatThrownBy(() -> engine.frees().free(blocks.getFirst()))
            .isInstanceOf(InvalidFreeException.class);
        engine.trim(); // Adopts what the threads left, and forgets them.
        assertThat(engine.stats().liveBytes()).isZero();
        assertThat(engine.stats().counters().get("heaps")).isLessThanOrEqualTo(2);
      }
    }
  }

  private void runTogether(Engine engine, boolean silent) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new HostileThread(silent, () -> use(engine)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Its own blocks are live and of nobody else until all threads have theirs. */
  private void use(Engine engine) {
    try {
      List<Long> own = new ArrayList<>();
      together.await();
      heaps.add(engine.ownHeap());
      for (int i = 0; i < BLOCKS; i++) {
        own.add(engine.heaps().current().allocate(SIZES[i % SIZES.length]));
      }
      blocks.addAll(own);
      together.await();
      synchronized (blocks) {
        assertThat(blocks).hasSize(THREADS * BLOCKS).doesNotHaveDuplicates();
      }
      own.subList(0, BLOCKS / 2).forEach(engine.frees()::free);
      engine.trim();
      own.subList(BLOCKS / 2, BLOCKS).forEach(engine.frees()::free);
      engine.checkInvariants();
    } catch (Throwable failure) {
      failures.add(failure);
    }
  }

  private static Engine engine(String gates) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String gate : gates.isEmpty() ? new String[0] : gates.split(" ", -1)) {
      values.put(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    return new Engine(Composer.compose(new Wanted().setAll(values)));
  }
}
