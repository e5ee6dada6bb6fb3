package io.hakmem.pool.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.BlockFinder;
import io.hakmem.tck.BoxUnderTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sub-switches do, where pages come from, and what goes to the next box. */
final class V2BoxTest {

  private static final int BYTES = 1024;
  private static final int OPERATIONS = 1_000;

  @ParameterizedTest
  @CsvSource({"1,1", "1,0", "0,1", "0,0"})
  void switches_always_decideWhoIsAskedAndWhatFindsTheBlock(String blockToUser, String fastPath) {
    BoxUnderTest test = V2Settings.newBox(blockToUser, fastPath);
    LocalHeap heap = test.newHeap(Thread.currentThread());
    List<Long> blocks = allocate(heap, OPERATIONS);
    blocks.forEach(test.frees::free);
    boolean headers = blockToUser.equals("1");
    boolean direct = fastPath.equals("1");
    assertThat(test.box instanceof BlockFinder).isEqualTo(headers);
    assertThat(test.box.alignsBlocks()).isEqualTo(!headers);
    assertThat(test.directory.lookup(blocks.getFirst()).base() % PageKey.PAGE_BYTES)
        .isEqualTo(headers ? Headers.BYTES : 0);
    if (direct) {
      assertThat(count(test, "asked")).isLessThan(OPERATIONS / 10);
    } else {
      assertThat(count(test, "asked")).isEqualTo(OPERATIONS);
    }
    assertThat(count(test, "header_frees")).isEqualTo(headers ? OPERATIONS : 0);
    assertThat(count(test, "directory_frees")).isEqualTo(headers || direct ? 0 : OPERATIONS);
    assertThat(test.box.report().operations().allocations()).isEqualTo(OPERATIONS);
    assertThat(test.box.report().operations().ownFrees()).isEqualTo(OPERATIONS);
  }

  @Test
  void blockSizes_always_areTheNextBoxesUpToTheLimit() {
    long[] sizes = V2Settings.newBox("1", "1").box.blockSizes();
    assertThat(sizes[sizes.length - 1]).isEqualTo(V2Box.MOST_BLOCK_BYTES);
    assertThat(sizes[0]).isEqualTo(16);
  }

  @Test
  void pages_always_comeFromOneExtentThatGoesBackWithTheLast() {
    BoxUnderTest test = V2Settings.newBox("0", "1");
    LocalHeap heap = test.newHeap(Thread.currentThread());
    List<Long> blocks = allocate(heap, 16 * PageKey.PAGE_BYTES / BYTES);
    assertThat(test.supply.outBytes()).isEqualTo(Extents.EXTENT_BYTES);
    assertThat(count(test, "extents")).isEqualTo(1);
    assertThat(count(test, "page_refills")).isEqualTo(16);
    blocks.add(heap.allocate(BYTES));
    assertThat(test.supply.outBytes()).isEqualTo(2 * Extents.EXTENT_BYTES);
    blocks.subList(1, blocks.size()).forEach(test.frees::free);
    test.flush(heap);
    assertThat(count(test, "page_retires")).isEqualTo(16);
    assertThat(test.supply.outBytes()).isEqualTo(Extents.EXTENT_BYTES);
    assertThat(test.box.report().cachedBytes() + BYTES).isEqualTo(Extents.EXTENT_BYTES);
    test.frees.free(blocks.getFirst());
    test.flush(heap);
    assertThat(count(test, "extents")).isZero();
    assertThat(test.supply.outBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1", "0"})
  void collect_always_leavesNoEmptyPageInAStore(String blockToUser) {
    BoxUnderTest test = V2Settings.newBox(blockToUser, "1");
    LocalHeap heap = test.newHeap(Thread.currentThread());
    List<Long> blocks = allocate(heap, OPERATIONS);
    blocks.forEach(test.frees::free);
    test.box.collect(heap);
    assertThat(test.directory.size()).isEqualTo(1);
    assertThat(count(test, "page_refills") - count(test, "page_retires")).isEqualTo(1);
  }

  @Test
  void refill_ofAnotherClass_takesThePageThatWasRetired() {
    BoxUnderTest test = V2Settings.newBox("1", "1");
    LocalHeap heap = test.newHeap(Thread.currentThread());
    List<Long> blocks = allocate(heap, 16 * (PageKey.PAGE_BYTES / (BYTES + Headers.BYTES)));
    assertThat(count(test, "page_refills")).isEqualTo(16);
    blocks.forEach(test.frees::free);
    heap.allocate(2 * BYTES);
    assertThat(count(test, "extents")).isEqualTo(1);
    assertThat(test.supply.outBytes()).isEqualTo(Extents.EXTENT_BYTES);
  }

  @Test
  void supply_refusingAnExtent_givesAPage() {
    BoxUnderTest test = V2Settings.newBox("1", "1");
    test.supply.failAbove(PageKey.PAGE_BYTES);
    LocalHeap heap = test.newHeap(Thread.currentThread());
    test.frees.free(heap.allocate(BYTES));
    assertThat(test.supply.outBytes()).isEqualTo(PageKey.PAGE_BYTES);
    assertThat(count(test, "header_frees")).isEqualTo(1);
    assertThat(count(test, "fallbacks")).isZero();
    test.flush(heap);
    assertThat(test.supply.outBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,0", "0,1", "0,0"})
  void supply_refusing_isServedByWhatTheNextBoxHas(String blockToUser, String fastPath) {
    BoxUnderTest test = V2Settings.newBox(blockToUser, fastPath);
    LocalHeap heap = test.newHeap(Thread.currentThread());
    test.supply.failUntil(2);
    long block = heap.allocate(BYTES);
    Page page = test.directory.lookup(block);
    assertThat(page.handler().name()).isEqualTo("pool-v1");
    assertThat(page.owner()).isSameAs(heap);
    assertThat(count(test, "fallback_no_memory")).isEqualTo(1);
    assertThat(count(test, "fallbacks")).isEqualTo(1);
    test.frees.free(block);
    test.checkInvariants(heap);
    test.flush(heap);
    assertThat(test.supply.outBytes()).isZero();
  }

  @Test
  void supply_refusingTheNextBoxToo_isTheCallersException() {
    BoxUnderTest test = V2Settings.newBox("1", "1");
    LocalHeap heap = test.newHeap(Thread.currentThread());
    test.supply.failAt(0);
    assertThatThrownBy(() -> heap.allocate(BYTES)).isInstanceOf(OutOfNativeMemoryException.class);
    test.supply.failAt(-1);
    test.frees.free(heap.allocate(BYTES));
    test.checkInvariants(heap);
  }

  @Test
  void heap_withoutAThread_getsTheNextBoxesBins() {
    BoxUnderTest test = V2Settings.newBox("1", "1");
    LocalHeap shared = test.newHeap(null);
    List<Bin> bins = test.bins(shared);
    assertThat(bins).allSatisfy(bin -> assertThat(bin.handler().name()).isEqualTo("pool-v1"));
    assertThat(count(test, "fallback_no_thread")).isEqualTo(bins.size());
    assertThat(count(test, "fallbacks")).isEqualTo(bins.size());
    long block = shared.allocate(BYTES);
    assertThat(test.directory.lookup(block).handler().name()).isEqualTo("pool-v1");
    assertThat(((BlockFinder) test.box).freeUnlooked(shared, block)).isFalse();
    test.box.collect(shared);
    test.box.flush(shared);
    test.box.checkInvariants(shared);
    assertThat(test.directory.lookup(block).isLive(block)).isTrue();
  }

  @Test
  void counts_ofEndedThreads_areKept() {
    BoxUnderTest test = V2Settings.newBox("1", "0");
    test.onThread(mortal -> allocate(mortal, 10).forEach(test.frees::free));
    LocalHeap heap = test.newHeap(Thread.currentThread());
    test.frees.free(heap.allocate(BYTES));
    assertThat(count(test, "asked")).isEqualTo(11);
    assertThat(count(test, "header_frees")).isEqualTo(11);
  }

  private static List<Long> allocate(LocalHeap heap, int count) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(heap.allocate(BYTES));
    }
    return blocks;
  }

  private static long count(BoxUnderTest test, String name) {
    return test.counter("pool_v2_" + name);
  }
}
