package io.hakmem.bench.jmh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.jmh.ComposedState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What benchmarks check of themselves can fail. */
final class ComposedStateTest {

  private final OneBlock state = new OneBlock();

  @Test
  void close_afterHits_isSilent() {
    state.compose();
    state.pair(512);
    state.close();
  }

  @Test
  void close_afterAnotherPath_isRefusedWithTheCounters() {
    state.compose();
    state.pair(4096);
    assertThatThrownBy(state::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OneBlock did not take its path, where no page is needed:")
        .hasMessageContaining("pool_v1_refills=1");
  }

  @Test
  void close_withoutAnOperation_isRefused() {
    state.compose();
    assertThatThrownBy(state::close).hasMessageContaining("where there are allocations");
  }

  @Test
  void close_withALiveBlock_isRefused() {
    state.compose();
    state.allocator().allocate(512);
    assertThatThrownBy(state::close).hasMessageContaining("where nothing is live at the end");
  }

  @Test
  void compose_gateInAnotherWriting_isRefused() {
    ComposedState wrong =
        new OneBlock() {
          @Override
          protected Map<String, String> gates() {
            return Map.of("HAKMEM_CHECKS", "ON");
          }
        };
    assertThatThrownBy(wrong::compose).hasMessageContaining("HAKMEM_CHECKS=ON did not arrive");
  }

  /** A block of a page that is there. */
  private static class OneBlock extends ComposedState {

    @Override
    protected Map<String, String> gates() {
      return Map.of("HAKMEM_HEAP_PREFILL", "0");
    }

    @Override
    protected void fill() {
      pair(512);
    }

    @Override
    protected void prove(Rise rise) {
      rise.require("no page is needed", rise.of("pool_v1_refills") == 0);
    }
  }
}
