package io.hakmem.paged;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.LonePool;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the pages are that a bin gets, the first one and those after it. */
final class LongerPagesTest {

  private static final int FEW = 16;
  private static final long MOST_BYTES = 512 << 10;

  @ParameterizedTest
  @ValueSource(longs = {5 << 10, 8 << 10, 20 << 10, 24 << 10, 32 << 10})
  void secondPage_ofMiddleBlocks_hasNotFew(long blockBytes) {
    List<Page> pages = pages(LonePool.takenOver(), blockBytes, 3);
    assertThat(pages.get(0).bytes()).isEqualTo(PagedBox.runBytes(blockBytes));
    assertThat(pages.get(0).capacity()).isLessThan(FEW);
    assertThat(pages.subList(1, 3))
        .allSatisfy(
            page -> {
              assertThat(page.capacity()).isGreaterThanOrEqualTo(FEW);
              assertThat(page.bytes()).isLessThanOrEqualTo(MOST_BYTES);
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {16, 1 << 10, 4 << 10, 64 << 10})
  void secondPage_ofOtherBlocks_isAsLongAsTheFirst(long blockBytes) {
    List<Page> pages = pages(LonePool.takenOver(), blockBytes, 2);
    assertThat(pages).allSatisfy(page -> assertThat(page.bytes()).isEqualTo(PageKey.PAGE_BYTES));
  }

  @Test
  void secondPage_whereMemoryIsNotAmple_isShort() {
    LonePool pool = LonePool.takenOver();
    pool.ampleBytes(MOST_BYTES / 2);
    long blockBytes = 32 << 10;
    assertThat(pages(pool, blockBytes, 2))
        .allSatisfy(page -> assertThat(page.bytes()).isEqualTo(PagedBox.runBytes(blockBytes)));
  }

  @Test
  void secondPage_whoseLongRunIsRefused_isShort() {
    LonePool pool = LonePool.takenOver();
    pool.refuseFrom(MOST_BYTES);
    long blockBytes = 32 << 10;
    assertThat(pages(pool, blockBytes, 2))
        .allSatisfy(page -> assertThat(page.bytes()).isEqualTo(PagedBox.runBytes(blockBytes)));
  }

  /** The pages that the first blocks lie in, in their order. */
  private static List<Page> pages(LonePool pool, long blockBytes, int count) {
    LocalHeap heap = pool.newHeap();
    List<Page> pages = new ArrayList<>();
    while (pages.size() < count) {
      Page page = pool.pageOf(heap.allocate(blockBytes));
      if (!pages.contains(page)) {
        pages.add(page);
      }
    }
    return pages;
  }
}
