package io.hakmem.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.AllocatorClosedException;
import io.hakmem.InvalidFreeException;
import io.hakmem.Stats;
import io.hakmem.heap.NoHandler;
import io.hakmem.heap.Page;
import io.hakmem.spi.PageDirectory;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What is refused, with which words, and how it is counted. */
final class RefusalsTest {

  private static final long BASE = 1 << 20;
  private static final long BYTES = 1 << 16;

  private final Page page =
      Page.ofLiveBlock(
          new NoHandler(), BASE, BYTES, MemorySegment.ofArray(new byte[(int) BYTES]), false);
  private final Refusals refusals = new Refusals(directoryOf(page), "allocator images");

  private static PageDirectory directoryOf(Page page) {
    return (PageDirectory)
        Proxy.newProxyInstance(
            PageDirectory.class.getClassLoader(),
            new Class<?>[] {PageDirectory.class},
            (self, method, arguments) -> page.contains((long) arguments[0]) ? page : Page.NONE);
  }

  @Test
  void requireSize_belowOne_isRefusedWithTheRange() {
    assertThatCode(() -> Refusals.requireSize(1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Refusals.requireSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size=0 must be in [1, 9223372036854775807]");
  }

  @Test
  void requireOpen_afterClose_isRefusedWithWhatWasAsked() {
    assertThatCode(() -> refusals.requireOpen(16)).doesNotThrowAnyException();
    assertThat(refusals.isClosed()).isFalse();

    refusals.close();

    assertThat(refusals.isClosed()).isTrue();
    assertThatThrownBy(() -> refusals.requireOpen(16))
        .isInstanceOf(AllocatorClosedException.class)
        .hasMessage("size=16 refused: allocator images is closed");
    assertThatThrownBy(() -> refusals.requireLive(BASE))
        .isInstanceOf(AllocatorClosedException.class)
        .hasMessage("address 0x100000 refused: allocator images is closed");
  }

  @Test
  void closedMeanwhile_openOrClosed_saysWhichItWas() {
    IllegalStateException gone = new IllegalStateException("gone");
    assertThat(refusals.closedMeanwhile(gone)).isSameAs(gone);
    refusals.close();
    assertThat(refusals.closedMeanwhile(gone)).isInstanceOf(AllocatorClosedException.class);
  }

  @Test
  void requireLive_eachKindOfAddress_isAnsweredRefusedAndCounted() {
    assertThat(refusals.requireLive(BASE)).isSameAs(page);
    assertThatThrownBy(() -> refusals.requireLive(BASE + BYTES))
        .isInstanceOf(InvalidFreeException.class)
        .hasMessage("address 0x110000 is not in a page of allocator images, or was freed");
    assertThatThrownBy(() -> refusals.requireLive(BASE + 1))
        .isInstanceOf(InvalidFreeException.class)
        .hasMessage(
            "address 0x100001 is inside a block: page 0x100000 of no-handler, blocks of 65536 B, owner none");
    page.push(BASE);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> refusals.requireLive(BASE))
          .isInstanceOf(InvalidFreeException.class)
          .hasMessage(
              "address 0x100000 is already free: page 0x100000 of no-handler, blocks of 65536 B, owner none");
    }
    assertThat(refusals.refused()).isEqualTo(new Stats.RefusedFrees(1, 1, 2, 0));
  }
}
