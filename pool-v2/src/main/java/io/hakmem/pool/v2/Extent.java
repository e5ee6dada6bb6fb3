package io.hakmem.pool.v2;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.PageSupply;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A run of the supply that pages are cut from. Any thread may ask it for a page; what it hands out
 * and takes back is guarded by {@link Extents}.
 */
final class Extent {

  /** Holds no address. */
  static final Extent NONE = new Extent(new PageSupply.Run(0, MemorySegment.NULL));

  private final long base;
  private final MemorySegment memory;
  private final BitSet handedOut;

  /** {@link Page#NONE} where no page is laid out. */
  private final AtomicReferenceArray<Page> pages;

  Extent(PageSupply.Run run) {
    this.base = run.base();
    this.memory = run.memory();
    Page[] none = new Page[(int) (memory.byteSize() >>> PageKey.PAGE_SHIFT)];
    Arrays.fill(none, Page.NONE);
    this.pages = new AtomicReferenceArray<>(none);
    this.handedOut = new BitSet(none.length);
  }

  long base() {
    return base;
  }

  long bytes() {
    return memory.byteSize();
  }

  MemorySegment memory() {
    return memory;
  }

  /** The page whose run holds the address, or {@link Page#NONE}; any long is a valid question. */
  Page pageAt(long address) {
    long slot = (address - base) >>> PageKey.PAGE_SHIFT;
    return slot < pages.length() ? pages.get((int) slot) : Page.NONE;
  }

  void enter(Page page) {
    pages.set(slotOf(page.runBase()), page);
  }

  private int slotOf(long runBase) {
    return (int) ((runBase - base) >>> PageKey.PAGE_SHIFT);
  }

  boolean isFull() {
    return handedOut.cardinality() == pages.length();
  }

  boolean isUnused() {
    return handedOut.isEmpty();
  }

  long freeBytes() {
    return bytes() - (long) handedOut.cardinality() * PageKey.PAGE_BYTES;
  }

  /** Hands out the lowest run of a page; there must be one. */
  PageSupply.Run take() {
    int slot = handedOut.nextClearBit(0);
    long offset = (long) slot * PageKey.PAGE_BYTES;
    PageSupply.Run run =
        new PageSupply.Run(base + offset, memory.asSlice(offset, PageKey.PAGE_BYTES));
    handedOut.set(slot); // Last: a run that could not be made would stay handed out.
    return run;
  }

  /** Takes a run back that was handed out. */
  void giveBack(long runBase) {
    int slot = slotOf(runBase);
    pages.set(slot, Page.NONE);
    handedOut.clear(slot);
  }
}
