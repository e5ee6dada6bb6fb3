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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every page directory must do. */
public abstract class PageDirectoryContract {

  /** For subclasses. */
  protected PageDirectoryContract() {}

  /** An address like those of the system's mappings. */
  protected static final long BASE = 0x7f00_0000_0000L;

  /** Of all pages: nobody writes into one. */
  private static final MemorySegment MEMORY =
      MemorySegment.ofArray(new byte[4 * PageKey.PAGE_BYTES]);

  /** A new, empty directory. */
  protected abstract PageDirectory newDirectory();

  /** A page of nobody, at most four pages long, of 64-byte blocks. */
  protected static Page page(long base, int pages) {
    long bytes = (long) pages * PageKey.PAGE_BYTES;
    return new Page(new NoFrees(), base, bytes, 64, (int) (bytes / 64), MEMORY.asSlice(0, bytes));
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
