package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class PageTest {

  private static final long BASE = 5 * PageKey.PAGE_BYTES;

  @Test
  void contains_pageWithHeaders_endsWithItsRun() {
    MemorySegment run = MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]);
    Page page = Page.withHeaders(new NoHandler(), BASE, run, 32, 16);
    assertThat(page.contains(BASE + 16)).isTrue();
    assertThat(page.contains(BASE + PageKey.PAGE_BYTES - 1)).isTrue();
    assertThat(page.contains(BASE + PageKey.PAGE_BYTES)).isFalse();
    assertThat(page.contains(BASE - 1)).isFalse();
  }
}
