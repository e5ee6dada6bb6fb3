package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The allocator of the process. */
final class SharedAllocatorTest {

  @Test
  void shared_fromManyThreads_isOne() {
    Set<HakAllocator> seen = Collections.synchronizedSet(newIdentitySet());
    IntStream.range(0, 64).parallel().forEach(each -> seen.add(HakAllocator.shared()));
    assertThat(seen).hasSize(1);
  }

  private static Set<HakAllocator> newIdentitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  @Test
  void close_ofTheSharedOne_doesNothing() {
    HakAllocator shared = HakAllocator.shared();
    long block = shared.allocate(100);
    shared.close();
    assertThat(HakAllocator.shared()).isSameAs(shared);
    assertThat(shared.usableSize(block)).isGreaterThanOrEqualTo(100);
    shared.free(block);
  }

  @Test
  void close_ofAnother_closesIt() {
    HakAllocator other = HakAllocator.create();
    other.close();
    assertThat(other).isNotSameAs(HakAllocator.shared());
    assertThat(other.committedBytes()).isZero();
  }
}
