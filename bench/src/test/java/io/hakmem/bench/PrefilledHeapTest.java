package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.compose.Composer;
import io.hakmem.compose.Wanted;
import io.hakmem.engine.Engine;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a new heap holds: loops are compiled without the branches that it never takes. */
final class PrefilledHeapTest {

  private static final int PREFILL = 512;

  @Test
  void heap_ofAThread_servesEachPrefilledSizeFromTheCurrentPage() {
    Map<String, String> gates =
        Map.of("HAKMEM_PROFILE", "THROUGHPUT", "HAKMEM_HEAP_PREFILL", Integer.toString(PREFILL));
    try (Engine engine = new Engine(Composer.compose(new Wanted().setAll(gates)))) {
      LocalHeap heap = engine.ownHeap();
      for (int bytes = 1; bytes <= PREFILL; bytes++) {
        assertThat(binFor(heap, bytes).isLow()).as("%d bytes", bytes).isFalse();
      }
      assertThat(binFor(heap, 2 * PREFILL).isLow()).isTrue();
    }
  }

  private static Bin binFor(LocalHeap heap, long bytes) {
    return Objects.requireNonNull(heap.binFor(bytes));
  }
}
