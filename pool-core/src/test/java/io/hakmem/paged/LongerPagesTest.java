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
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({"16, 16", "1024, 16", "1536, 32", "2048, 32", "3072, 48", "3584, 64", "8192, 64"})
  void firstPage_whereMemoryIsScarce_hasNotFewBlocksInAFewKibibytes(long blockBytes, long kib) {
    LonePool pool = LonePool.takenOver();
    pool.ampleBytes(PageKey.PAGE_BYTES - 1);
    Page first = pages(pool, blockBytes, 1).getFirst();
    assertThat(first.bytes()).isEqualTo(kib << 10);
    assertThat(first.capacity()).isEqualTo((int) (first.bytes() / blockBytes));
  }

  @Test
  void pages_whereMemoryIsScarce_areShortWhileAWholeOneIsMoreThanAnEighth() {
    LonePool pool = LonePool.takenOver();
    pool.ampleBytes(0);
    long shortOnes = 8 * PageKey.PAGE_BYTES / PageKey.KEY_BYTES;
    List<Long> lengths = pages(pool, 256, (int) shortOnes + 2).stream().map(Page::bytes).toList();
    assertThat(lengths.subList(0, (int) shortOnes)).containsOnly((long) PageKey.KEY_BYTES);
    assertThat(lengths.subList((int) shortOnes, lengths.size()))
        .containsOnly((long) PageKey.PAGE_BYTES);
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
