package io.hakmem.engine;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Events;
import io.hakmem.event.LargeBlock;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.PageKey;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import java.util.concurrent.atomic.LongAdder;

/** The end of every composition: blocks above the last class, each a run of pages of its own. */
final class LargeBlocks implements PageHandler {

  /** No system maps more than 47 bits of address space for a process. */
  static final long MAX_BYTES = 1L << 46;

  private static final int ABOVE = 0;
  private static final int ALIGNED = 1;

  private final PageDirectory directory;
  private final PageSupply supply;
  private final LongAdder liveBytes = new LongAdder();
  private final LongAdder allocations = new LongAdder();
  private final FallbackCounts reasons =
      new FallbackCounts(new long[1], "above the last class", "alignment");
  private final LongAdder frees = new LongAdder();

  LargeBlocks(PageDirectory directory, PageSupply supply) {
    this.directory = directory;
    this.supply = supply;
  }

  Page allocate(long bytes, long alignment) {
    if (bytes > MAX_BYTES || alignment > MAX_BYTES) {
      throw new OutOfNativeMemoryException(
          bytes, "alignment %d, limit %d (address space)".formatted(alignment, MAX_BYTES));
    }
    LargeBlock event = Events.largeBlock();
    long length = PageKey.roundUp(bytes);
    long slack = Math.max(0, alignment - PageKey.PAGE_BYTES);
    PageSupply.Run run = supply.acquire(length + slack);
    long base = (run.base() + alignment - 1) & -alignment;
    long head = base - run.base();
    if (head > 0) {
      supply.release(run.base(), head);
    }
    if (slack > head) {
      supply.release(base + length, slack - head);
    }
    Page page = Page.ofLiveBlock(this, base, length, run.memory().asSlice(head, length));
    try {
      directory.register(page);
    } catch (Throwable refused) {
      supply.release(base, length);
      throw refused;
    }
    liveBytes.add(length);
    allocations.increment();
    reasons.count(0, alignment > 1 ? ALIGNED : ABOVE);
    if (event != null) {
      event.finish(length, alignment, base);
    }
    return page;
  }

  /** Why the boxes before this one did not serve what it served. */
  FallbackCounts reasons() {
    return reasons;
  }

  private void release(Page page) {
    liveBytes.add(-page.bytes());
    frees.increment();
    directory.unregister(page);
    supply.release(page.base(), page.bytes());
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
    return liveBytes.sum();
  }

  /** What was done; approximate while threads run. */
  Operations operations() {
    return new Operations(allocations.sum(), frees.sum(), 0, 0);
  }
}
