package io.hakmem.engine;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Events;
import io.hakmem.event.LargeBlock;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** The end of every composition: blocks above the last class, each a run of pages of its own. */
final class LargeBlocks implements PageHandler {

  /** No system maps more than 47 bits of address space for a process. */
  static final long MAX_BYTES = 1L << 46;

  private static final int ABOVE = 0;
  private static final int ALIGNED = 1;

  private final PageDirectory directory;
  private final PageSupply supply;
  private final long largestClass;
  private final AtomicLong liveBytes = new AtomicLong();
  private final AtomicLong allocations = new AtomicLong();
  private final FallbackCounts reasons =
      new FallbackCounts(new long[1], "above the last class", "alignment");
  private final AtomicLong frees = new AtomicLong();

  LargeBlocks(PageDirectory directory, PageSupply supply, long largestClass) {
    this.largestClass = largestClass;
    this.directory = directory;
    this.supply = supply;
  }

  Page allocate(long bytes, long alignment) {
    if (bytes > MAX_BYTES || alignment > MAX_BYTES) {
      throw new OutOfNativeMemoryException(
          bytes, "alignment " + alignment + ", limit " + MAX_BYTES + " (address space)");
    }
    LargeBlock event = Events.largeBlock();
    StackRoom.require();
    long length = PageKey.roundUp(bytes);
    reasons.count(0, alignment > 1 ? ALIGNED : ABOVE);
    Page page = newPage(length, alignment);
    liveBytes.addAndGet(length);
    allocations.incrementAndGet();
    if (event != null) {
      say(event, page, alignment);
    }
    return page;
  }

  private Page newPage(long length, long alignment) {
    PageSupply.Run run = supply.acquireAligned(length, alignment);
    try {
      Page page = Page.ofLiveBlock(this, run.base(), length, run.memory(), run.isZero());
      directory.register(page);
      return page;
    } catch (Throwable refused) {
      supply.release(run.base(), length);
      throw refused;
    }
  }

  /** Whether a page is a large block. */
  boolean isOwn(Page page) {
    return page.handler() == this;
  }

  /** Whether a block of so many bytes is large: above all classes, and not beyond all limits. */
  boolean isLarge(long bytes) {
    return bytes > largestClass && bytes <= MAX_BYTES;
  }

  /** How a block got another length, if it did. */
  enum Resized {
    NO,
    /** What it has more is zero, or it has less. */
    CLEAN,
    /** What it has more may be anything. */
    DIRTY
  }

  /**
   * Gives a live block another length in its place. Whatever it throws, the length is the old one.
   * The block must be the caller's alone.
   */
  Resized resize(Page page, long bytes) {
    long before = page.bytes();
    long length = PageKey.roundUp(bytes);
    if (length == before || page.isPinned()) {
      return length == before ? Resized.CLEAN : Resized.NO;
    }
    StackRoom.requireForSystemCall();
    if (length < before) {
      MemorySegment rest = page.memory().asSlice(0, length);
      directory.resize(page, rest, length);
      supply.release(page.base() + length, before - length);
      liveBytes.addAndGet(length - before);
      return Resized.CLEAN;
    }
    PageSupply.Run grown = supply.extend(page.base(), before, length);
    if (grown == null) {
      return Resized.NO;
    }
    try {
      directory.resize(page, grown.memory(), length);
    } catch (Throwable refused) {
      supply.release(page.base() + before, length - before);
      throw refused;
    }
    liveBytes.addAndGet(length - before);
    return grown.isZero() ? Resized.CLEAN : Resized.DIRTY;
  }

  /** The block is the caller's already, so that nothing may be thrown any more. */
  @SuppressWarnings("EmptyCatch")
  private static void say(LargeBlock event, Page page, long alignment) {
    try {
      event.finish(page.bytes(), alignment, page.base());
    } catch (Throwable unsaid) {
      // Only the recording misses it.
    }
  }

  /** Why the boxes before this one did not serve what it served. */
  FallbackCounts reasons() {
    return reasons;
  }

  /** Where the directory refuses, nothing has changed; the caller asked for room on the stack. */
  private void release(Page page) {
    directory.unregister(page);
    supply.release(page.base(), page.bytes());
    liveBytes.addAndGet(-page.bytes());
    frees.incrementAndGet();
  }

  @Override
  public String name() {
    return "large-blocks";
  }

  @Override
  public void freeRemote(Page page, long address) {
    release(page);
  }

  /** Bytes of blocks that are with callers; approximate while threads run. */
  long liveBytes() {
    return liveBytes.get();
  }

  /** What was done; approximate while threads run. */
  Operations operations() {
    return new Operations(allocations.get(), frees.get(), 0, 0);
  }
}
