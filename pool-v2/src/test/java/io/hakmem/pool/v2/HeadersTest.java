package io.hakmem.pool.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.BlockFinder;
import io.hakmem.tck.BoundedSupply;
import io.hakmem.tck.BoxUnderTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a header finds, and that nothing that stands in its place does harm. */
final class HeadersTest {

  private static final int BYTES = 96;

  private final BoxUnderTest test = V2Settings.newBox("1", "1");
  private final BlockFinder finder = (BlockFinder) test.box;
  private final LocalHeap heap = test.newHeap(Thread.currentThread());

  @Test
  void free_ofAnOwnBlock_findsItsPageByTheHeader() {
    long block = heap.allocate(BYTES);
    assertThat(finder.freeUnlooked(heap, block)).isTrue();
    assertThat(count("header_frees")).isEqualTo(1);
    assertThat(test.liveBytes()).isZero();
    test.checkInvariants(heap);
  }

  @Test
  void free_withEachByteOfTheHeaderOverwritten_comesOverTheDirectory() {
    for (int at = 0; at < Headers.BYTES; at++) {
      long block = heap.allocate(BYTES);
      spoil(block, at);
      assertThat(finder.freeUnlooked(heap, block)).as("byte %d", at).isFalse();
      test.frees.free(block);
      assertThat(count("directory_frees")).isEqualTo(at + 1);
    }
    assertThat(count("header_frees")).isZero();
    test.checkInvariants(heap);
  }

  @Test
  void free_overTheDirectory_putsTheHeaderInOrder() {
    long block = heap.allocate(BYTES);
    spoil(block, 0);
    test.frees.free(block);
    assertThat(heap.allocate(BYTES)).isEqualTo(block);
    assertThat(finder.freeUnlooked(heap, block)).isTrue();
  }

  @Test
  void overrun_intoTheNextBlocks_losesNothing() {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      blocks.add(heap.allocate(BYTES));
    }
    BoundedSupply.at(blocks.getFirst(), 50L * (BYTES + Headers.BYTES)).fill((byte) 0x5a);
    blocks.forEach(test.frees::free);
    assertThat(count("directory_frees")).isEqualTo(50);
    assertThat(count("header_frees")).isEqualTo(50);
    test.checkInvariants(heap);
    test.flush(heap);
    assertThat(test.supply.outBytes()).isZero();
  }

  @Test
  void free_ofNoLiveBlock_isRefusedThoughACopyOfAHeaderStandsThere() {
    long block = heap.allocate(BYTES);
    MemorySegment header = BoundedSupply.at(block - Headers.BYTES, Headers.BYTES);
    BoundedSupply.at(block, Headers.BYTES).copyFrom(header);
    assertRefused(block + Headers.BYTES);
    assertRefused(block + 1);
    assertRefused(block - Headers.BYTES);
    test.frees.free(block);
    assertRefused(block);
    test.checkInvariants(heap);
  }

  @Test
  void free_ofForeignAddresses_isRefused() {
    long block = heap.allocate(BYTES);
    long run = block & -PageKey.PAGE_BYTES;
    for (long address :
        new long[] {
          0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, run, run - 1, run + Extents.EXTENT_BYTES - 1
        }) {
      assertRefused(address);
    }
    test.frees.free(block);
    test.flush(heap);
    assertRefused(block);
  }

  private void assertRefused(long address) {
    assertThat(finder.freeUnlooked(heap, address)).as("0x%x", address).isFalse();
    assertThatThrownBy(() -> test.frees.free(address)).hasMessageContaining("is no live block");
  }

  @Test
  void free_ofAnotherHeapsBlock_isNoHeaderFree() {
    long block = heap.allocate(BYTES);
    test.onThread(
        own -> {
          assertThat(finder.freeUnlooked(own, own.allocate(BYTES))).isTrue();
          assertThat(finder.freeUnlooked(own, block)).isFalse();
          test.frees.free(block);
        });
    assertThat(count("header_frees")).isEqualTo(1);
    test.flush(heap);
    assertThat(test.liveBytes()).isZero();
    assertThat(test.supply.outBytes()).isZero();
  }

  @Test
  void blocks_ofAnAdoptedPage_getTheirNewOwnersHeaderWhenTheyAreFreed() {
    List<Long> blocks = new ArrayList<>();
    test.onThread(mortal -> blocks.add(mortal.allocate(BYTES)));
    long block = blocks.getFirst();
    test.box.refill(heap, test.bins(heap).getFirst());
    Page page = test.directory.lookup(block);
    assertThat(page.owner()).isSameAs(heap);
    assertThat(finder.freeUnlooked(heap, block)).isFalse();
    test.frees.free(block);
    assertThat(count("directory_frees")).isEqualTo(1);
    assertThat(heap.allocate(BYTES)).isEqualTo(block);
    assertThat(finder.freeUnlooked(heap, block)).isTrue();
  }

  private static void spoil(long block, int at) {
    MemorySegment spoilt = BoundedSupply.at(block - Headers.BYTES + at, 1);
    spoilt.set(ValueLayout.JAVA_BYTE, 0, (byte) ~spoilt.get(ValueLayout.JAVA_BYTE, 0));
  }

  private long count(String name) {
    return test.counter("pool_v2_" + name);
  }
}
