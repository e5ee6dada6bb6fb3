package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that the page table leaves out serve blocks as others do; only their frees are slow. */
final class LeftOutPagesTest {

  private static final int SIZE_CLASS = 3;
  private static final int PAGES = 6;

  private final LonePool test = LonePool.leavingOut();
  private final LocalHeap heap = test.newHeap();
  private final Bin bin = test.bin(heap, SIZE_CLASS);
  private final Map<Page, List<Long>> blocks = new HashMap<>();
  private final List<Page> pages = new ArrayList<>();

  @BeforeEach
  void fillPages() {
    while (pages.size() < PAGES || bin.hasFreeBlocks()) {
      allocate();
    }
  }

  private Page allocate() {
    long block = heap.allocate(bin.blockBytes());
    Page page = test.pageOf(block);
    if (!pages.contains(page)) {
      pages.add(page);
    }
    blocks.computeIfAbsent(page, any -> new ArrayList<>()).add(block);
    return page;
  }

  private List<Long> blocksOf(Page page) {
    return blocks.getOrDefault(page, List.of());
  }

  private void free(Page page, int count) {
    for (int i = 0; i < count; i++) {
      test.frees.free(blocksOf(page).removeLast());
    }
  }

  private List<Page> leftOut() {
    return pages.stream().filter(page -> page.leftOut).toList();
  }

  @Test
  void free_ofSuchAPage_isSlowAndOfOthersAHit() {
    assertThat(leftOut()).hasSize(PAGES / 2);
    for (Page page : pages) {
      int before = test.slowOperations();
      free(page, 5);
      assertThat(test.slowOperations() - before).isEqualTo(page.leftOut ? 5 : 0);
    }
    assertThat(bin.countPages()).isEqualTo(PAGES);
    test.box.checkInvariants(heap);
  }

  @Test
  void allocate_freeBlocksInBothLists_handsOutEachBlockOnce() {
    for (Page page : pages) {
      free(page, 3);
    }
    Set<Page> used = new HashSet<>();
    int allocated = 0;
    while (bin.hasFreeBlocks()) {
      used.add(allocate());
      allocated++;
    }
    assertThat(allocated).isEqualTo(3 * PAGES);
    assertThat(used).containsExactlyInAnyOrderElementsOf(pages);
    for (Page page : pages) {
      assertThat(blocksOf(page)).doesNotHaveDuplicates().hasSize(page.capacity());
    }
    test.box.checkInvariants(heap);
  }

  @Test
  void allocate_rounds_keepsEveryPageInOneList() {
    for (int round = 0; round < 200; round++) {
      free(pages.get(round * 5 % PAGES), round % 4 + 1);
      test.box.checkInvariants(heap);
      for (int i = 0; i <= round % 4; i++) {
        allocate();
        test.box.checkInvariants(heap);
      }
    }
    assertThat(bin.hasFreeBlocks()).isFalse();
  }

  @Test
  void removeEmpty_emptyPagesInBothLists_removesAllButThoseKept() {
    for (Page page : pages) {
      free(page, blocksOf(page).size());
    }
    bin.dropCurrent();
    List<Page> removed = new ArrayList<>();
    bin.removeEmpty(1, removed::add);
    assertThat(removed).hasSize(PAGES - 1).doesNotHaveDuplicates().containsAll(leftOut());
    assertThat(bin.countPages()).isEqualTo(1);
  }

  @Test
  void free_byAnotherThread_isTakenBackByTheOwner() throws InterruptedException {
    Page page = leftOut().getFirst();
    long block = blocksOf(page).removeLast();
    test.onThread(other -> test.frees.free(block));
    bin.handler().refill(heap, bin);
    assertThat(bin.hasFreeBlocks()).isTrue();
    assertThat(heap.allocate(bin.blockBytes())).isEqualTo(block);
    test.box.checkInvariants(heap);
  }
}
