package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageDirectory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every page directory must do. */
public abstract class PageDirectoryContract {

  /** For subclasses. */
  protected PageDirectoryContract() {}

  /** An address like those of the system's mappings. */
  protected static final long BASE = 0x7f00_0000_0000L;

  /** The table may have so many slots, however few pages there are. */
  private static final int FEW_SLOTS = 1 << 18;

  /** The table may have so many slots for each page key. */
  private static final int SLOTS_A_KEY = 16;

  private static final int ADDRESS_BITS = 47;

  /** Of all pages: nobody writes into one. */
  private static final MemorySegment MEMORY =
      MemorySegment.ofArray(new byte[40 * PageKey.PAGE_BYTES]);

  /** A new, empty directory. */
  protected abstract PageDirectory newDirectory();

  /** A page of nobody, at most 40 pages long, of blocks as small as that allows. */
  protected static Page page(long base, int pages) {
    long bytes = (long) pages * PageKey.PAGE_BYTES;
    int blocks = (int) Math.min(bytes / 64, 1 << 14);
    return new Page(new NoFrees(), base, bytes, 64, blocks, MEMORY.asSlice(0, bytes));
  }

  @Test
  void lookup_emptyDirectory_findsNoPage() {
    PageDirectory directory = newDirectory();
    for (long address : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, BASE}) {
      assertThat(directory.lookup(address)).isSameAs(Page.NONE);
    }
  }

  @Test
  void lookup_anyAddressOfThePage_findsItAndNotItsNeighbours() {
    PageDirectory directory = newDirectory();
    Page page = page(BASE, 2);
    directory.register(page);
    assertThat(directory.lookup(BASE)).isSameAs(page);
    assertThat(directory.lookup(BASE + page.bytes() - 1)).isSameAs(page);
    assertThat(directory.lookup(BASE - 1)).isSameAs(Page.NONE);
    assertThat(directory.lookup(BASE + page.bytes())).isSameAs(Page.NONE);
  }

  @Test
  void register_farBelowAndAbove_growsAndForgetsNothing() {
    PageDirectory directory = newDirectory();
    for (int i = 0; i < 200; i++) {
      long distance = (i % 2 == 0 ? i : -i) * 16L * PageKey.PAGE_BYTES;
      directory.register(page(BASE + distance, 1));
    }
    for (int i = 0; i < 200; i++) {
      long distance = (i % 2 == 0 ? i : -i) * 16L * PageKey.PAGE_BYTES;
      assertThat(directory.lookup(BASE + distance).base()).isEqualTo(BASE + distance);
    }
  }

  /** As the system's heap and its mappings are. */
  @Test
  void register_atBothEndsOfTheAddressSpace_findsBoth() {
    PageDirectory directory = newDirectory();
    long low = 0x5572_3f80_0000L;
    for (int i = 0; i < 100; i++) {
      directory.register(page(BASE + (long) i * PageKey.PAGE_BYTES, 1));
      directory.register(page(low + (long) i * PageKey.PAGE_BYTES, 1));
    }
    for (int i = 0; i < 100; i++) {
      long distance = (long) i * PageKey.PAGE_BYTES;
      assertThat(directory.lookup(BASE + distance).base()).isEqualTo(BASE + distance);
      assertThat(directory.lookup(low + distance).base()).isEqualTo(low + distance);
    }
  }

  @Test
  void register_pageThatMeetsAnother_growsTheTable() {
    PageDirectory directory = newDirectory();
    Page first = page(BASE, 1);
    directory.register(first);
    Page second = page(BASE + (long) directory.table().length() * PageKey.PAGE_BYTES, 3);
    directory.register(second);
    assertThat(directory.lookup(first.base())).isSameAs(first);
    assertThat(directory.lookup(second.base() + 2 * PageKey.PAGE_BYTES)).isSameAs(second);
    assertThat(directory.lookup(first.base() + PageKey.PAGE_BYTES)).isSameAs(Page.NONE);
  }

  @Test
  void register_takenKey_isRefusedAndChangesNothing() {
    PageDirectory directory = newDirectory();
    Page first = page(BASE + PageKey.PAGE_BYTES, 1);
    directory.register(first);
    assertThatThrownBy(() -> directory.register(page(BASE, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("registered already");
    assertThat(directory.lookup(BASE)).isSameAs(Page.NONE);
    assertThat(directory.lookup(first.base())).isSameAs(first);
  }

  @Test
  void unregister_unknownPage_isRefused() {
    PageDirectory directory = newDirectory();
    assertThatThrownBy(() -> directory.unregister(page(BASE, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not registered");
  }

  @Test
  void unregister_registeredPage_isForgotten() {
    PageDirectory directory = newDirectory();
    Page page = page(BASE, 2);
    directory.register(page);
    directory.unregister(page);
    assertThat(directory.lookup(BASE + PageKey.PAGE_BYTES)).isSameAs(Page.NONE);
  }

  @Test
  void find_pageThatWasForgottenAndReplaced_findsTheNewOne() {
    PageDirectory directory = newDirectory();
    LocalHeap heap = heap(directory);
    Page old = page(BASE, 1);
    directory.register(old);
    assertThat(directory.find(heap, BASE + 1)).isSameAs(old);
    directory.unregister(old);
    assertThat(directory.find(heap, BASE)).isSameAs(Page.NONE);
    Page replacement = page(BASE, 1);
    directory.register(replacement);
    assertThat(directory.find(heap, BASE)).isSameAs(replacement);
    assertThat(directory.find(heap, -1)).isSameAs(Page.NONE);
  }

  @Test
  void register_whileOthersLookUp_isSeenAtOnceAndNeverWrong() throws InterruptedException {
    PageDirectory directory = newDirectory();
    AtomicLong published = new AtomicLong(BASE);
    AtomicReference<String> wrong = new AtomicReference<>("");
    Thread reader = new Thread(() -> readUntilWrongOrDone(directory, published, wrong));
    reader.start();
    for (int i = 1; i <= 3000; i++) {
      long base = BASE + i * 3L * PageKey.PAGE_BYTES;
      directory.register(page(base, 1));
      published.set(base);
    }
    published.set(-1);
    reader.join();
    assertThat(wrong.get()).isEmpty();
  }

  private static void readUntilWrongOrDone(
      PageDirectory directory, AtomicLong published, AtomicReference<String> wrong) {
    LocalHeap heap = heap(directory);
    for (long base = published.get(); base != -1; base = published.get()) {
      if (base != BASE && directory.find(heap, base).base() != base) {
        wrong.set("0x%x was published and not found".formatted(base));
      }
      if (directory.find(heap, base + PageKey.PAGE_BYTES) != Page.NONE) {
        wrong.set("0x%x was found and never registered".formatted(base + PageKey.PAGE_BYTES));
      }
    }
  }

  @Test
  void adopt_ownerChangedMeanwhile_fails() {
    PageDirectory directory = newDirectory();
    Page page = page(BASE, 1);
    directory.register(page);
    LocalHeap first = heap(directory);
    LocalHeap second = heap(directory);
    assertThat(directory.adopt(page, null, first)).isTrue();
    assertThat(directory.adopt(page, null, second)).isFalse();
    assertThat(page.owner()).isSameAs(first);
  }

  @Test
  void register_pagesOneTebibyteApart_findsAllInALittleTable() {
    requireFindsAllApart(1L << 40, 100);
  }

  @Test
  void register_pages511GibibytesApart_findsAllInALittleTable() {
    requireFindsAllApart(511L << 30, 200);
  }

  private void requireFindsAllApart(long distance, int count) {
    PageDirectory directory = newDirectory();
    List<Page> pages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long base = i * distance;
      pages.add(page(base, 1));
      pages.add(page(base + PageKey.PAGE_BYTES, 3));
    }
    pages.forEach(directory::register);
    requireFindsExactly(directory, pages);
    requireLittleTable(directory, 4 * count);
  }

  /** Whatever the length of a table is, the remainders of two of the keys are equal. */
  @Test
  void register_keysThatMeetInTablesOfEveryLength_findsAll() {
    PageDirectory directory = newDirectory();
    List<Page> pages = new ArrayList<>();
    pages.add(page(PageKey.PAGE_BYTES, 1));
    for (int bit = PageKey.PAGE_SHIFT + 1; bit < ADDRESS_BITS; bit++) {
      pages.add(page((1L << bit) + PageKey.PAGE_BYTES, 1));
    }
    for (Page page : pages) {
      directory.register(page);
      assertThat(directory.lookup(page.base())).isSameAs(page);
    }
    requireFindsExactly(directory, pages);
    requireLittleTable(directory, pages.size());
  }

  @Test
  void register_pagesAllOverTheAddressSpace_findsWhatIsRegisteredAndNothingElse() {
    PageDirectory directory = newDirectory();
    Random random = new Random(47);
    NavigableMap<Long, Page> known = new TreeMap<>();
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      long base = random.nextLong(1, 1L << (ADDRESS_BITS - PageKey.PAGE_SHIFT - 6));
      Page page = page(base << (PageKey.PAGE_SHIFT + 6), random.nextInt(40) + 1);
      if (known.size() > 5_000 || known.containsKey(page.base())) {
        Page gone = known.pollFirstEntry().getValue();
        directory.unregister(gone);
        assertThat(directory.lookup(gone.base())).isSameAs(Page.NONE);
      }
      if (known.putIfAbsent(page.base(), page) == null) {
        directory.register(page);
      }
      most = Math.max(most, known.size());
    }
    requireFindsExactly(directory, known.values());
    requireLittleTable(directory, 40 * most);
  }

  /** Their frees are no hits, so that the table need not have them. */
  @Test
  void register_pageLongerThanHitsReach_isFoundAtEachAddressAndRefusesOthers() {
    PageDirectory directory = newDirectory();
    Page page = page(BASE, 40);
    directory.register(page(BASE - PageKey.PAGE_BYTES, 1));
    directory.register(page);
    directory.register(page(BASE + page.bytes(), 1));
    for (int i = 0; i < 40; i++) {
      long base = BASE + (long) i * PageKey.PAGE_BYTES;
      assertThat(directory.lookup(base + i)).isSameAs(page);
      assertThatThrownBy(() -> directory.register(page(base, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("registered already");
    }
    assertThat(directory.lookup(BASE - 1)).isNotSameAs(page);
    assertThat(directory.lookup(BASE + page.bytes())).isNotSameAs(page);
  }

  @Test
  void resize_longerAndShorter_isFoundAtExactlyItsKeys() {
    PageDirectory directory = newDirectory();
    Page page = Page.ofLiveBlock(new NoFrees(), BASE, PageKey.PAGE_BYTES, MEMORY, false);
    directory.register(page);
    for (int pages : new int[] {2, 4, 1, 16, 3, 17, 40, 33, 5, 30, 1}) {
      long bytes = (long) pages * PageKey.PAGE_BYTES;
      directory.resize(page, MEMORY.asSlice(0, bytes), bytes);
      Page next = page(BASE + bytes, 1);
      directory.register(next);
      requireFindsExactly(directory, List.of(page));
      assertThat(directory.lookup(BASE + bytes)).isSameAs(next);
      directory.unregister(next);
    }
    directory.unregister(page);
    assertThat(directory.lookup(BASE)).isSameAs(Page.NONE);
  }

  @Test
  void unregister_andRegisterAgain_findsThePageWhereverItsKeysMeetOthers() {
    PageDirectory directory = newDirectory();
    List<Page> pages = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      pages.add(page(i * (1L << 41), i % 3 + 1));
    }
    pages.forEach(directory::register);
    for (int round = 0; round < 3; round++) {
      for (int i = round; i < pages.size(); i += 2) {
        Page page = pages.get(i);
        directory.unregister(page);
        assertThat(directory.lookup(page.base())).isSameAs(Page.NONE);
        assertThatThrownBy(() -> directory.unregister(page))
            .isInstanceOf(IllegalStateException.class);
        Page replaced = i % 4 < 2 ? page : page(page.base(), 2);
        directory.register(replaced);
        pages.set(i, replaced);
      }
      requireFindsExactly(directory, pages);
    }
  }

  @Test
  void register_farApartWhileOthersLookUp_neverLosesWhatIsRegistered() throws InterruptedException {
    PageDirectory directory = newDirectory();
    AtomicLong registered = new AtomicLong();
    AtomicReference<String> wrong = new AtomicReference<>("");
    Thread reader =
        new Thread(
            () -> {
              long known = registered.get();
              for (long i = 0; known >= 0; i++, known = registered.get()) {
                long base = known == 0 ? 0 : spread(i % known);
                if (known > 0 && directory.lookup(base).base() != base) {
                  wrong.set("0x%x is registered and was not found".formatted(base));
                }
              }
            });
    reader.start();
    for (int i = 0; i < 6000; i++) {
      directory.register(page(spread(i), 1));
      registered.set(i + 1);
      if (i % 2 == 1) { // Another page of its own place comes and goes, in the same level.
        Page passing = page(spread(i) + (1L << 30), 1);
        directory.register(passing);
        directory.unregister(passing);
      }
    }
    registered.set(-1);
    reader.join();
    assertThat(wrong.get()).isEmpty();
  }

  /** Every third page meets others in a table of any length, and the rest make the table grow. */
  private static long spread(long index) {
    return index % 3 == 0
        ? ((index / 3 + 1) << 32) + PageKey.PAGE_BYTES
        : BASE + index * 2 * PageKey.PAGE_BYTES;
  }

  private static void requireFindsExactly(PageDirectory directory, Collection<Page> pages) {
    for (Page page : pages) {
      assertThat(directory.lookup(page.base())).isSameAs(page);
      assertThat(directory.lookup(page.base() + page.bytes() - 1)).isSameAs(page);
      assertThat(directory.lookup(page.base() + page.bytes()).contains(page.base())).isFalse();
      assertThat(directory.lookup(page.base() - 1).contains(page.base())).isFalse();
    }
  }

  /** The Java heap that it takes follows from the number of pages, not from where they lie. */
  private static void requireLittleTable(PageDirectory directory, int keys) {
    assertThat(directory.table().length())
        .isLessThanOrEqualTo(Math.max(FEW_SLOTS, SLOTS_A_KEY * keys));
  }

  /** A heap that only asks the directory. */
  protected static LocalHeap heap(PageDirectory directory) {
    LocalHeap.SlowPath refusing =
        new LocalHeap.SlowPath() {
          @Override
          public long allocateSlow(LocalHeap heap, long bytes) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void collectSlow(LocalHeap heap) {
            throw new UnsupportedOperationException();
          }
        };
    return new LocalHeap(
        null, refusing, directory, new FreePath(address -> {}, true), 1, new Interval(() -> 0, 1));
  }
}
