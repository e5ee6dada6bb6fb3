package io.hakmem.heap;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The free blocks of one size class that a heap holds: those of the current page, which hits pop,
 * and a list of other pages that have some, in the order in which they got one: the longer a page
 * waits, the more of its blocks are freed before it is used, and the rarer is the turn to the next.
 *
 * <p>The list is linked by page keys, since a number is stored without the barrier that a garbage
 * collector asks of a reference. Pages that the page table leaves out are not found by their key:
 * they wait in a list of their own, and are used when the other one is empty.
 *
 * <p>Only the owning heap's thread calls it. A box may extend it by what it keeps for each bin.
 *
 * <p>Invariants: a page in a list has a free block on its stack and is not the current one; no page
 * but the newest has blocks that its stack never got.
 */
public class Bin {

  /** Serves nothing: every operation on it is a slow path. */
  static final Bin NONE = new Bin();

  Page current = Page.NONE;
  int partial = Page.NO_KEY;

  /** The last page of the list, unless it is empty. */
  int last = Page.NO_KEY;

  /** The first page of the list of those that the page table leaves out. */
  Page leftOut = Page.NONE;

  private final LocalHeap heap;
  private final long blockBytes;
  private final int sizeClass;
  private BinHandler handler;
  private @Nullable HandOver lastHandOver;
  @Nullable FrontBin front;
  private boolean direct = true;
  private boolean directFrees = true;
  private int batch = Integer.MAX_VALUE;

  /** The last page that came, unless it left. */
  private Page newest = Page.NONE;

  /** A bin without pages for blocks of a class. */
  public Bin(LocalHeap heap, BinHandler handler, int sizeClass, long blockBytes) {
    this.heap = heap;
    this.handler = handler;
    this.sizeClass = sizeClass;
    this.blockBytes = blockBytes;
  }

  @SuppressWarnings("NullAway") // Nobody asks the bin that serves nothing for its heap and handler.
  private Bin() {
    this(null, null, -1, 0);
  }

  /** What is called for the operations on this bin that are no hits. */
  public final BinHandler handler() {
    return handler;
  }

  /**
   * The handler before the bin was handed over to this one, which need not be the next box: that
   * may have handed the class on.
   *
   * @throws IllegalArgumentException if the bin was never handed over to it
   */
  public final BinHandler formerHandler(BinHandler of) {
    for (HandOver each = lastHandOver; each != null; each = each.earlier) {
      if (each.isTo(of)) {
        return each.from;
      }
    }
    throw new IllegalArgumentException(
        "bin of " + blockBytes + " B was never handed over to " + of.name());
  }

  /** One change of the handler, and those before it. */
  private record HandOver(BinHandler from, BinHandler to, @Nullable HandOver earlier) {

    @SuppressWarnings("ReferenceEquality") // A box of a third party may override equals.
    boolean isTo(BinHandler handler) {
      return to == handler;
    }
  }

  /** Whether the heap pops and pushes the pages by itself. */
  public final boolean isDirect() {
    return direct;
  }

  /** The bin with the pages, if it is another one. */
  protected Bin behind() {
    return this;
  }

  /** Lets the box serve each operation itself; before the bin gets a page. */
  final void serveThroughBox() {
    direct = false;
  }

  /** Whether frees of blocks of this bin's pages, by the heap's thread, are hits. */
  final boolean freesAreHits() {
    return direct && directFrees;
  }

  /** Lets the box serve each free itself; before the bin gets a page. */
  protected final void serveFreesThroughBox() {
    directFrees = false;
  }

  /**
   * Lets a page that comes stack so many of its unused blocks at a time, the first of them at once
   * and more by {@link #takeBatch}; before the bin gets a page.
   *
   * @param blocks 1 or more
   */
  public final void batch(int blocks) {
    if (blocks < 1) {
      throw new IllegalArgumentException("batch=" + blocks + " must be at least 1");
    }
    batch = blocks;
  }

  /** Stacks more blocks that were never used; false if the bin's pages have none. */
  public final boolean takeBatch() {
    StackRoom.require();
    return stackUnused(batch);
  }

  /** The newest page may have been left for another one when its stack was used up. */
  private boolean stackUnused(int most) {
    boolean wasFull = newest.isFull();
    boolean stacked = newest.stackMore(most);
    if (stacked && wasFull) {
      newest.relist();
    }
    return stacked;
  }

  /**
   * The bin that holds the pages, made direct and given to another handler, which from now on is
   * called for what is no hit; before the bin gets a page.
   */
  public Bin handOver(BinHandler to) {
    lastHandOver = new HandOver(handler, to, lastHandOver);
    handler = to;
    direct = true;
    front = null;
    return this;
  }

  /** The class this bin serves. */
  public final int sizeClass() {
    return sizeClass;
  }

  /** Size of each block in bytes. */
  public final long blockBytes() {
    return blockBytes;
  }

  /** Whether the heap can serve an allocation by itself. */
  public final boolean hasFreeBlocks() {
    return current.head >= 0 || partial != Page.NO_KEY || leftOut != Page.NONE;
  }

  /** Blocks that were popped since the current page was settled; approximate for other threads. */
  public final int unsettled() {
    Page page = current;
    return page.countUsed() - (int) page.used;
  }

  /** Whether no page of the bin, or of the one behind it, has a free block. */
  public final boolean isUsedUp() {
    return !behind().hasFreeBlocks();
  }

  /** Whether the bin has the page that came last. */
  public final boolean hasNewest() {
    return newest != Page.NONE;
  }

  /** Whether the current page has no free block. */
  public final boolean isLow() {
    return current.head < 0;
  }

  /**
   * Hands out a block; the bin must have one.
   *
   * @throws IllegalStateException if it has none, since its refill brought none
   */
  public final long pop() {
    turnToNext();
    if (isLow()) {
      throw new IllegalStateException(
          handler.name() + " brought no free block of " + blockBytes + " B");
    }
    return current.pop();
  }

  /**
   * A block of the current page, or of the next one in the list; 0 if there is none, or the box is
   * to see to empty pages first.
   */
  public final long popAtOnce() {
    if (isLow()) {
      if (partial == Page.NO_KEY || heap.emptied >= heap.mostEmptied) {
        return 0;
      }
      turnToNext();
    }
    return current.pop();
  }

  /** Makes the first page of a list, if there is one, the current one, if that is full. */
  public final void turnToNext() {
    if (isLow() && hasFreeBlocks()) {
      boolean isListed = partial != Page.NO_KEY;
      Page page = isListed ? heap.page(partial) : leftOut;
      turnTo(page);
      // No call from here on: it could throw, and the page be in a list as well.
      if (isListed) {
        partial = page.next;
      } else {
        leftOut = page.nextLeftOut;
        page.nextLeftOut = Page.NONE;
      }
    }
  }

  /** If this throws, nothing changed. */
  private void turnTo(Page page) {
    if (current != Page.NONE) {
      current.settle();
    }
    current = page;
    if (front != null) {
      front.page = page;
    }
  }

  /** Takes a page that comes to this bin; it lists all free blocks but those of later batches. */
  final void open(Page page) {
    stackUnused(Integer.MAX_VALUE);
    newest = page;
    if (page.isEmpty()) {
      page.stackInOrder(batch); // Neighbours handed out together are touched together.
    } else {
      page.stackMore(Integer.MAX_VALUE);
    }
    if (!page.isFull()) {
      prepend(page);
    }
  }

  /** Forgets a page that leaves; it is in no list. */
  final void forget(Page page) {
    if (newest == page) {
      newest = Page.NONE;
    }
  }

  /** Adds a page of this bin that has a free block, is not the current one and in no list. */
  final void append(Page page) {
    if (page.leftOut) {
      prependLeftOut(page);
      return;
    }
    page.next = Page.NO_KEY;
    if (partial == Page.NO_KEY) {
      partial = page.key;
    } else {
      heap.page(last).next = page.key;
    }
    last = page.key;
  }

  /** Like {@link #append}, to be used next. */
  private void prepend(Page page) {
    if (page.leftOut) {
      prependLeftOut(page);
      return;
    }
    page.next = partial;
    if (partial == Page.NO_KEY) {
      last = page.key;
    }
    partial = page.key;
  }

  private void prependLeftOut(Page page) {
    page.nextLeftOut = leftOut;
    leftOut = page;
  }

  /** Makes the current page one of the others. */
  public final void dropCurrent() {
    Page page = current;
    turnTo(Page.NONE);
    if (page.head >= 0) {
      prepend(page);
    }
  }

  /** Has no current page and no list any more; its pages have left, or are listed anew. */
  public final void unlistAll() {
    turnTo(Page.NONE);
    partial = Page.NO_KEY;
    leftOut = Page.NONE;
  }

  /** Lists a page of this bin that is in no list, if it has a free block. */
  public final void list(Page page) {
    if (!page.isFull()) {
      prepend(page);
    }
  }

  /** Pages that have a free block, counted one by one. */
  public final int countPages() {
    int pages = current.head >= 0 ? 1 : 0;
    for (int key = partial; key != Page.NO_KEY; key = heap.page(key).next) {
      pages++;
    }
    for (Page page = leftOut; page != Page.NONE; page = page.nextLeftOut) {
      pages++;
    }
    return pages;
  }

  /**
   * Removes all empty pages from the list but so many, and hands each over. The current page is one
   * of them only if no block of it was ever handed out. The caller asks for room on the stack.
   *
   * @param to takes each page over, whatever it throws
   */
  public final void removeEmpty(int kept, Consumer<Page> to) {
    if (current.isUnused()) {
      dropCurrent();
    }
    int left = kept - removeListed(kept, to);
    Page before = Page.NONE;
    for (Page page = leftOut; page != Page.NONE; ) {
      Page next = page.nextLeftOut;
      if (page.used == 0 && left-- <= 0) {
        unlinkLeftOut(page, before);
        to.accept(page);
      } else {
        before = page;
      }
      page = next;
    }
  }

  /** Returns how many empty pages stay, at most so many. */
  private int removeListed(int kept, Consumer<Page> to) {
    int stay = 0;
    Page before = Page.NONE;
    int rest = partial;
    while (rest != Page.NO_KEY) {
      Page page = heap.page(rest);
      rest = page.next;
      boolean isEmpty = page.used == 0;
      if (isEmpty && stay >= kept) {
        unlink(page, before);
        to.accept(page);
      } else {
        stay += isEmpty ? 1 : 0;
        before = page;
      }
    }
    return stay;
  }

  private void unlink(Page page, Page before) {
    if (before == Page.NONE) {
      partial = page.next;
    } else {
      before.next = page.next;
    }
    if (last == page.key) {
      last = before.key;
    }
  }

  private void unlinkLeftOut(Page page, Page before) {
    if (before == Page.NONE) {
      leftOut = page.nextLeftOut;
    } else {
      before.nextLeftOut = page.nextLeftOut;
    }
    page.nextLeftOut = Page.NONE;
  }
}
