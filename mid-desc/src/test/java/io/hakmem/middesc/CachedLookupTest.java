package io.hakmem.middesc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageLookup;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryContract;
import org.junit.jupiter.api.Test;

/** The whole contract again, with the one-entry cache. */
final class CachedLookupTest extends PageDirectoryContract {

  @Override
  protected PageDirectory newDirectory() {
    return MidDescProviderTest.directory("1");
  }

  @Test
  void find_samePageAgain_isAHitAndAnotherAMiss() {
    PageDirectory directory = newDirectory();
    Page first = page(BASE, 1);
    Page second = page(BASE + first.bytes(), 1);
    directory.register(first);
    directory.register(second);
    PageLookup lookup = directory.newLookup();

    assertThat(lookup.find(BASE)).isSameAs(first);
    assertThat(lookup.find(BASE + 8)).isSameAs(first);
    assertThat(lookup.find(second.base())).isSameAs(second);
    assertThat(directory.counters())
        .containsEntry("mid_desc_cache_hits", 1L)
        .containsEntry("mid_desc_cache_misses", 2L);
  }

  @Test
  void counters_withoutCache_areNone() {
    assertThat(MidDescProviderTest.directory("0").counters()).isEmpty();
  }
}
