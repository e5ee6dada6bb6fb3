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

  /** Serves frees at once, and remembers the numbers of the blocks. */
  private static final class AtOnce implements PageHandler {

    private final List<Integer> served = new ArrayList<>();

    @Override
    public String name() {
      return "at-once";
    }

    @Override
    public boolean freeAtOnce(LocalHeap heap, Page page, int block) {
      heap.takeBackBlock(page, block);
      return served.add(block);
    }

    @Override
    public void freeRemote(Page page, long address) {
      throw new UnsupportedOperationException("freeRemote");
    }
  }

  private final AtOnce asked = new AtOnce();

  /** A page of live blocks, of a bin that heaps do not push to by themselves. */
  private FreePath openAsked(Page full, boolean checked) {
    FreePath frees = new FreePath(slow::add, checked);
    LocalHeap heap = LoneHeaps.of(Thread.currentThread(), frees);
    table.enter(full, full);
    while (!full.isFull()) {
      full.pop();
    }
    full.settle();
    Bin bin = new Bin(heap, new NoHandler(), 0, STRIDE);
    bin.serveThroughBox();
    heap.own(full, bin, table);
    return frees;
  }

  /** Its low bits are those of no page: a list that ends with them would lose it. */
  @Test
  void open_pageWhoseKeyIsThatOfNone_isLeftOut() {
    long base = (long) PageKey.KEY_BYTES << Integer.SIZE;
    MemorySegment memory = MemorySegment.ofArray(new byte[PageKey.KEY_BYTES]);
    Page far = new Page(new NoHandler(), base, PageKey.KEY_BYTES, STRIDE, 4, memory);
    table.enter(far, far);
    FreePath frees = new FreePath(slow::add, true);
    frees.open(far, table, Bin.NONE, Thread.currentThread());
    assertThat(far.leftOut).isTrue();
    frees.free(base);
    assertThat(slow).containsExactly(base);
  }

  private Page askedPage() {
    return new Page(
        asked,
        BASE,
        PageKey.PAGE_BYTES,
        STRIDE,
        BLOCKS,
        MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]));
  }

  @Test
  void free_liveBlockOfAnAskedPage_isServedAtOnce() {
    for (boolean checked : List.of(true, false)) {
      Page full = askedPage();
      FreePath frees = openAsked(full, checked);
      asked.served.clear();
      for (int i : new int[] {0, 7, BLOCKS - 1}) {
        frees.free(BASE + (long) i * STRIDE);
      }
      assertThat(asked.served).containsExactly(0, 7, BLOCKS - 1);
      assertThat(slow).isEmpty();
      assertThat(full.used).isEqualTo(BLOCKS - 3);
    }
  }

  @Test
  void free_askedBlockThatIsFree_isSlow() {
    Page full = askedPage();
    FreePath frees = openAsked(full, true);
    frees.free(BASE + STRIDE);
    frees.free(BASE + STRIDE);
    assertThat(asked.served).containsExactly(1);
    assertThat(slow).containsExactly(BASE + STRIDE);
    assertThat(full.used).isEqualTo(BLOCKS - 1);
  }

  @Test
  void free_noStartOfAnAskedBlock_isSlow() {
    Page full = askedPage();
    FreePath frees = openAsked(full, true);
    List<Long> wrong = new ArrayList<>();
    for (int offset : new int[] {1, 16, STRIDE - 1, -1, BLOCKS * STRIDE}) {
      wrong.add(BASE + offset);
    }
    wrong.forEach(frees::free);
    assertThat(slow).isEqualTo(wrong);
    assertThat(asked.served).isEmpty();
    assertThat(full.used).isEqualTo(BLOCKS);
  }

  @Test
  void free_askedBlockByAnotherThread_isSlow() throws InterruptedException {
    Page full = askedPage();
    FreePath frees = openAsked(full, true);
    Thread other = Thread.ofPlatform().start(() -> frees.free(BASE));
    other.join();
    assertThat(slow).containsExactly(BASE);
    assertThat(asked.served).isEmpty();
    assertThat(full.used).isEqualTo(BLOCKS);
  }
}
