package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order a bin uses its pages, and that their blocks are counted on the way. */
final class BinTest {

  private static final int SIZE_CLASS = 3;
  private static final int PAGES = 4;

  private final LonePool test = LonePool.takenOver();
  private final LocalHeap heap = test.newHeap();
  private final Bin bin = test.bin(heap, SIZE_CLASS);
  private final List<Page> pages = new ArrayList<>();
  private final Map<Page, List<Long>> blocks = new HashMap<>();

  @BeforeEach
  void fillPages() {
    do {
      allocate();
    } while (pages.size() < PAGES || bin.hasFreeBlocks());
  }

  private Page allocate() {
    long block = heap.allocate(bin.blockBytes());
    Page page = test.pageOf(block);
    if (!pages.contains(page)) {
      pages.add(page);
    }
    blocksOf(page).add(block);
    return page;
  }

  private List<Long> blocksOf(Page page) {
    return blocks.computeIfAbsent(page, any -> new ArrayList<>());
  }

  private void free(int page, int count) {
    for (int i = 0; i < count; i++) {
      test.frees.free(blocksOf(pages.get(page)).removeLast());
    }
  }

  @Test
  void allocate_severalPagesGotFreeBlocks_usesThemInTheOrderInWhichTheyCame() {
    free(2, 1);
    free(0, 3);
    free(1, 2);
    free(2, 1);
    List<Page> used = new ArrayList<>();
    while (bin.hasFreeBlocks()) {
      used.add(allocate());
    }
    Page first = pages.get(2);
    Page second = pages.get(0);
    Page third = pages.get(1);
    assertThat(used).containsExactly(first, first, second, second, second, third, third);
    test.box.checkInvariants(heap);
  }

  @Test
  void allocate_pageFilledUpAndFreedAgain_goesBehindTheOthers() {
    free(0, 1);
    free(1, 1);
    assertThat(allocate()).isSameAs(pages.get(0));
    assertThat(allocate()).isSameAs(pages.get(1));
    free(2, 1);
    free(0, 1);
    assertThat(allocate()).isSameAs(pages.get(2));
    assertThat(allocate()).isSameAs(pages.get(0));
    assertThat(bin.hasFreeBlocks()).isFalse();
    test.box.checkInvariants(heap);
  }

  @Test
  void refill_emptyList_getsTheNextPageBehindTheNewOne() {
    bin.handler().refill(heap, bin);
    free(0, 1);
    assertThat(bin.countPages()).isEqualTo(2);
    test.box.checkInvariants(heap);
  }

  @Test
  void turnToNext_currentPageWithFreeBlocks_staysCurrent() {
    free(0, 1);
    free(PAGES - 1, 1);
    bin.turnToNext();
    assertThat(allocate()).isSameAs(pages.get(PAGES - 1));
    assertThat(allocate()).isSameAs(pages.get(0));
    test.box.checkInvariants(heap);
  }

  @Test
  void removeEmpty_someOfTheList_keepsTheOrderOfTheRest() {
    for (int page = 0; page < PAGES; page++) {
      free(page, page == 1 ? blocksOf(pages.get(page)).size() : 2);
    }
    List<Page> removed = new ArrayList<>();
    bin.removeEmpty(0, removed::add);
    assertThat(removed).containsExactly(pages.get(1));
    assertThat(allocate()).isSameAs(pages.get(3)); // The current page, which is in no list.
    assertThat(allocate()).isSameAs(pages.get(3));
    assertThat(allocate()).isSameAs(pages.get(0));
    free(2, 1);
    assertThat(allocate()).isSameAs(pages.get(0));
    assertThat(allocate()).isSameAs(pages.get(2));
  }

  @Test
  void removeEmpty_currentPage_isRemovedOnlyIfNoBlockWasEverHandedOut() {
    List<Page> removed = new ArrayList<>();
    free(PAGES - 1, blocksOf(pages.get(PAGES - 1)).size());
    bin.removeEmpty(0, removed::add);
    assertThat(removed).isEmpty();
    Bin prefilled = test.bin(heap, SIZE_CLASS + 1);
    prefilled.handler().refill(heap, prefilled);
    prefilled.turnToNext();
    prefilled.removeEmpty(1, removed::add);
    assertThat(removed).isEmpty();
    prefilled.turnToNext();
    prefilled.removeEmpty(0, removed::add);
    assertThat(removed).hasSize(1);
    assertThat(prefilled.hasFreeBlocks()).isFalse();
  }

  @Test
  void liveBlocks_ofCurrentAndOtherPages_areThoseWithCallers() {
    free(0, 5);
    free(1, 2);
    for (int i = 0; i < 6; i++) {
      allocate();
      for (Page page : pages) {
        assertThat(page.liveBlocks()).isEqualTo(blocksOf(page).size());
      }
    }
  }

  @Test
  void popped_ofCurrentAndOtherPages_countsEachAllocation() {
    long before = popped();
    long allocated = 0;
    for (int round = 0; round < 50; round++) {
      free(round % PAGES, 3);
      allocate();
      free(pages.indexOf(allocate()), 1);
      allocate();
      allocated += 3;
      assertThat(popped() - before).isEqualTo(allocated);
    }
  }

  private long popped() {
    return pages.stream()
        .mapToLong(page -> page.settledPopped() + page.liveBlocks() - page.settledUsed())
        .sum();
  }
}
