package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Settings;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract over pool v1, with every setting that changes the structure. */
@Tag("slow")
final class PoolV1Test {

  @Nested
  final class Defaults extends WithGates {

    Defaults() {
      super(Map.of());
    }
  }

  @Nested
  final class OriginalClasses extends WithGates {

    OriginalClasses() {
      super(Map.of("HAKMEM_POOL_CLASSES", "original"));
    }
  }

  @Nested
  final class Direct extends PoolBoxContract {

    @Override
    protected PoolBoxProvider provider() {
      return new TakingOver();
    }

    @Override
    protected List<PoolBoxProvider> behind() {
      return List.of(Providers.named("pool-v1"));
    }
  }

  abstract static class WithGates extends PoolBoxContract {

    private final Map<String, String> values;

    WithGates(Map<String, String> values) {
      this.values = values;
    }

    @Override
    protected PoolBoxProvider provider() {
      return Providers.named("pool-v1");
    }

    @Override
    protected Settings settings() {
      return Providers.settings(List.of(provider()), values);
    }

    /** The stack of the thread that freed it ended behind the claim. */
    @Test
    void freeRemote_brokenOffBeforeItsPageIsQueued_comesBackAtAFlush() {
      BoxUnderTest test = newBox();
      LocalHeap heap = test.newHeap(Thread.currentThread());
      long block = heap.allocate(64);
      Page page = heap.lookup(block);
      assertThat(page.claimRemote(block)).isTrue();
      assertThat(page.isQueued()).isFalse();
      test.flush(heap);
      assertThat(test.liveBytes()).isZero();
      test.checkInvariants(heap);
    }
  }
}
