package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which frees are hits. */
final class FreePathTest {

  private static final long BASE = 0x7f00_1234_0000L;
  private static final int STRIDE = 48;
  private static final int BLOCKS = PageKey.PAGE_BYTES / STRIDE;

  private final List<Long> slow = new ArrayList<>();
  private final PageTable table = new PageTable(PageTable.FEWEST_SLOTS);
  private final Page page =
      new Page(
          new NoHandler(),
          BASE,
          PageKey.PAGE_BYTES,
          STRIDE,
          BLOCKS,
          MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]));

  private FreePath open(boolean checked) {
    FreePath frees = new FreePath(slow::add, checked);
    table.enter(page, page);
    while (!page.isFull()) {
      page.pop();
    }
    page.settle();
    frees.open(page, table, Bin.NONE, Thread.currentThread());
    return frees;
  }

  @Test
  void free_eachBlock_isAHit() {
    for (boolean checked : List.of(true, false)) {
      FreePath frees = open(checked);
      for (int i = 0; i < BLOCKS; i++) {
        frees.free(BASE + (long) i * STRIDE);
        assertThat(page.used).isEqualTo(BLOCKS - 1 - i);
      }
      assertThat(slow).isEmpty();
      assertThat(page.countFree()).isEqualTo(BLOCKS);
    }
  }

  @Test
  void free_addressesFarAwayThatMeetThePagesSlot_areSlow() {
    long window = (long) table.length() * PageKey.PAGE_BYTES;
    List<Long> far = new ArrayList<>();
    for (long block = 0; block < BLOCKS; block++) {
      long address = BASE + block * STRIDE;
      for (int bits = 21; bits < Long.SIZE; bits++) {
        far.add(address + (1L << bits));
        far.add(address - (1L << bits));
      }
      far.add(address + STRIDE * window);
      far.add(address - STRIDE * window);
    }
    for (boolean checked : List.of(true, false)) {
      FreePath frees = open(checked);
      slow.clear();
      far.forEach(frees::free);
      assertThat(slow).isEqualTo(far);
      assertThat(page.used).isEqualTo(BLOCKS);
      assertThat(page.isFull()).isTrue();
    }
  }

  @Test
  void free_noStartOfABlock_isSlow() {
    FreePath frees = open(true);
    List<Long> wrong = new ArrayList<>();
    for (int offset : new int[] {1, 16, STRIDE - 1, -1, BLOCKS * STRIDE}) {
      wrong.add(BASE + offset);
    }
    wrong.forEach(frees::free);
    assertThat(slow).isEqualTo(wrong);
    assertThat(page.used).isEqualTo(BLOCKS);
  }

  @Test
  void free_blockThatIsFree_isSlow() {
    FreePath frees = open(true);
    List<Long> blocks = List.of(BASE, BASE + STRIDE, BASE + (BLOCKS - 1L) * STRIDE);
    blocks.forEach(frees::free);
    assertThat(slow).isEmpty();
    blocks.forEach(frees::free);
    assertThat(slow).isEqualTo(blocks);
    assertThat(page.used).isEqualTo(BLOCKS - blocks.size());
  }
}
