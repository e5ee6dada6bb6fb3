package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.compose.Composer;
import io.hakmem.compose.Wanted;
import io.hakmem.engine.Engine;
import io.hakmem.heap.LocalHeap;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that come, allocate, free and end, one after another, leave no Java object behind. */
@Tag("slow")
final class ShortThreadsTest {

  private static final int THREADS = 1500;

  /** The heap of the last thread waits for the next one, and a few may be remembered by caches. */
  private static final int MOST_LEFT = 8;

  private static final int MOST_COLLECTIONS = 20;
  private static final int[] SIZES = {16, 64, 256, 512, 1000, 1024, 5000, 20_000, 70_000};

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
        "HAKMEM_TINY_C7_HOT=0 HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED=0",
        "HAKMEM_POOL_V2_ENABLED=1",
        "HAKMEM_POOL_V2_ENABLED=1 HAKMEM_POOL_V2_BLOCK_TO_USER=0 HAKMEM_POOL_V2_TLS_FAST_PATH=0",
        "HAKMEM_LEAK_SAMPLE_EVERY=1",
        "HAKMEM_CHECKS=full",
        "HAKMEM_MEMORY_LIMIT=256MiB HAKMEM_POOL_V1_FLATTEN_STATS=1",
      })
  void threads_thatEnd_leaveNoHeapBehind(String gates) throws InterruptedException {
    try (Engine engine = engine(gates)) {
      List<WeakReference<LocalHeap>> heaps = new ArrayList<>();
      List<WeakReference<Thread>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> heaps.add(new WeakReference<>(use(engine))));
        threads.add(new WeakReference<>(thread));
        thread.start();
        thread.join();
      }
      use(engine);
      assertThat(left(threads)).as("ended threads that something remembers").isLessThan(MOST_LEFT);
      heaps.removeIf(heap -> heap.get() == engine.ownHeap());
      assertThat(left(heaps)).as("heaps of ended threads").isLessThan(MOST_LEFT);
    }
  }

  private static LocalHeap use(Engine engine) {
    for (int bytes : SIZES) {
      engine.frees().free(engine.heaps().current().allocate(bytes));
    }
    return engine.ownHeap();
  }

  private static <T> long left(List<WeakReference<T>> references) throws InterruptedException {
    long left = count(references);
    for (int i = 0; i < MOST_COLLECTIONS && left >= MOST_LEFT; i++) {
      System.gc();
      Thread.sleep(20); // References are cleared behind a collection.
      left = count(references);
    }
    return left;
  }

  private static <T> long count(List<WeakReference<T>> references) {
    return references.stream().filter(reference -> reference.get() != null).count();
  }

  private static Engine engine(String gates) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String gate : gates.isEmpty() ? new String[0] : gates.split(" ", -1)) {
      values.put(gate.substring(0, gate.indexOf('=')), gate.substring(gate.indexOf('=') + 1));
    }
    return new Engine(Composer.compose(new Wanted().setAll(values)));
  }
}
