package com.example.fifoslab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.BoxUnderTest;
import io.hakmem.tck.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which order freed blocks are handed out. */
final class FifoSlabOrderTest {

  private static final int HELD = 4;
  private static final long BYTES = 64;

  private final List<PoolBoxProvider> providers = List.of(new FifoSlabProvider());
  private final BoxUnderTest test =
      new BoxUnderTest(
          providers,
          Providers.settings(providers, Map.of("HAKMEM_FIFO_SLAB_HELD", Integer.toString(HELD))));
  private final LocalHeap heap = test.newHeap(Thread.currentThread());

  private List<Long> allocate(int blocks) {
    List<Long> addresses = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      addresses.add(heap.allocate(BYTES));
    }
    return addresses;
  }

  @Test
  void allocate_afterAFree_givesAnotherBlock() {
    long freed = heap.allocate(BYTES);
    test.frees.free(freed);
    assertThat(allocate(HELD)).doesNotContain(freed);
    assertThat(test.counter("fifo_slab_held")).isEqualTo(1);
  }

  @Test
  void allocate_afterMoreFreesThanAreHeld_givesTheOldest() {
    List<Long> freed = allocate(HELD + 1);
    freed.forEach(test.frees::free);
    assertThat(heap.allocate(BYTES)).isEqualTo(freed.getFirst());
    assertThat(allocate(1)).doesNotContainAnyElementsOf(freed);
  }

  @Test
  void free_ofAHeldBlock_isRefused() {
    long freed = heap.allocate(BYTES);
    test.frees.free(freed);
    assertThatThrownBy(() -> test.frees.free(freed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void flush_withHeldBlocks_returnsTheirPage() {
    allocate(HELD).forEach(test.frees::free);
    assertThat(test.cachedBytes()).isPositive();
    test.flush(heap);
    assertThat(test.cachedBytes()).isZero();
  }
}
