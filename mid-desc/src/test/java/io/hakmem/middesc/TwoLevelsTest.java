package io.hakmem.middesc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PageDirectory;
import io.hakmem.tck.PageDirectoryContract;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole contract again, with a Java heap that never has room for a larger table. */
final class TwoLevelsTest extends PageDirectoryContract {

  private static final int FIRST_SLOTS = 128;

  private int refused;

  @Override
  protected PageDirectory newDirectory() {
    return new RemainderDirectory(false, this::table);
  }

  private PageTable table(int slots) {
    if (slots > FIRST_SLOTS) {
      refused++;
      throw new OutOfMemoryError("injected");
    }
    return new PageTable(slots);
  }

  @Test
  void register_noJavaHeapForALargerTable_findsAllAndAsksForItSeldom() {
    PageDirectory directory = newDirectory();
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      pages.add(page(BASE + (long) i * PageKey.PAGE_BYTES, 1));
      directory.register(pages.getLast());
    }
    assertThat(pages).allSatisfy(page -> assertThat(directory.lookup(page.base())).isSameAs(page));
    assertThat(directory.table().length()).isEqualTo(FIRST_SLOTS);
    assertThat(refused).isBetween(1, 8); // Once, and whenever there are twice as many keys.
  }

  @Test
  void register_twoPagesThatMeet_keepsTheFirstInTheTableAndTheOtherOutOfIt() {
    PageDirectory directory = new RemainderDirectory(false, PageTable::new);
    Page first = page(BASE, 1);
    Page second = page(BASE - (1L << 40), 1);
    directory.register(first);
    directory.register(second);
    assertThat(directory.table().at(PageKey.of(second.base()))).isSameAs(first);
    directory.unregister(first);
    assertThat(directory.lookup(second.base())).isSameAs(second);
    assertThatThrownBy(() -> directory.register(page(second.base(), 1)))
        .isInstanceOf(IllegalStateException.class);
    directory.register(first);
    assertThat(directory.table().at(PageKey.of(first.base()))).isSameAs(first);
    assertThat(directory.lookup(second.base())).isSameAs(second);
  }

  @Test
  void register_pagesOfAKeyEach_findsEachBesideTheOthers() {
    PageDirectory directory = new RemainderDirectory(false, PageTable::new);
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      MemorySegment memory = MemorySegment.ofArray(new byte[PageKey.KEY_BYTES]);
      long base = BASE + (long) i * PageKey.KEY_BYTES;
      pages.add(Page.ofLiveBlock(page(BASE, 1).handler(), base, memory.byteSize(), memory, false));
      directory.register(pages.getLast());
    }
    directory.unregister(pages.get(2));
    for (int i = 0; i < 8; i++) {
      Page found = directory.lookup(BASE + (i + 1L) * PageKey.KEY_BYTES - 1);
      assertThat(found).isSameAs(i == 2 ? Page.NONE : pages.get(i));
    }
  }

  @Test
  void register_neighboursAndFarPages_keepsNeighboursInTheTable() {
    PageDirectory directory = new RemainderDirectory(false, PageTable::new);
    for (int i = 0; i < 4000; i++) {
      directory.register(page(BASE + (long) i * PageKey.PAGE_BYTES, 1));
      if (i % 100 == 0) {
        directory.register(page((i / 100 + 1) * (1L << 40), 1));
      }
    }
    for (int i = 0; i < 4000; i++) {
      long base = BASE + (long) i * PageKey.PAGE_BYTES;
      assertThat(directory.table().find(base).base()).isEqualTo(base);
    }
    assertThat(directory.table().length()).isLessThanOrEqualTo(RemainderDirectory.FEW_SLOTS);
  }
}
