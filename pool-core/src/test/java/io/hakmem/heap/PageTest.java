package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.NoBox;
import io.hakmem.spi.PageSupply;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class PageTest {

  private static final long BASE = 5 * PageKey.PAGE_BYTES;

  @Test
  void contains_pageWithHeaders_endsWithItsRun() {
    PageSupply.Run run = new PageSupply.Run(BASE, MemorySegment.ofArray(new byte[65_536]));
    Page page = Page.withHeaders(new NoBox(), run, PageKey.PAGE_BYTES, 32, 16);
    assertThat(page.contains(BASE + 16)).isTrue();
    assertThat(page.contains(BASE + PageKey.PAGE_BYTES - 1)).isTrue();
    assertThat(page.contains(BASE + PageKey.PAGE_BYTES)).isFalse();
    assertThat(page.contains(BASE - 1)).isFalse();
  }
}
