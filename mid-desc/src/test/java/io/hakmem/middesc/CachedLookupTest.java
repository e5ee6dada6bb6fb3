package io.hakmem.middesc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.tck.PageDirectoryContract;
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
    LocalHeap heap = heap(directory);

    assertThat(directory.find(heap, BASE)).isSameAs(first);
    assertThat(directory.find(heap, BASE + 8)).isSameAs(first);
    assertThat(directory.find(heap, second.base())).isSameAs(second);
    assertThat(directory.counters())
        .containsEntry("mid_desc_cache_hits", 1L)
        .containsEntry("mid_desc_cache_misses", 2L);
  }

  @Test
  void counters_withoutCache_areNone() {
    assertThat(MidDescProviderTest.directory("0").counters()).isEmpty();
  }
}
