package io.hakmem.compose;

import io.hakmem.AllocatorClosedException;
import io.hakmem.InvalidFreeException;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import java.util.concurrent.atomic.LongAdder;

/** What an allocator refuses: any use after its close, and addresses that are no live block. */
final class Refusals {

  private final PageDirectory directory;
  private final LongAdder refusedFrees = new LongAdder();
  private volatile boolean closed;

  Refusals(PageDirectory directory) {
    this.directory = directory;
  }

  /** From now on all is refused. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Addresses refused so far. */
  long refusedFrees() {
    return refusedFrees.sum();
  }

  /** Refuses a size that no block has. */
  static void requireSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "size=%d must be in [1, %d]".formatted(bytes, Long.MAX_VALUE));
    }
  }

  void requireOpen(String what) {
    if (closed) {
      throw new AllocatorClosedException(what + " refused: the allocator is closed");
    }
  }

  /** Makes a text of the size only where it is refused. */
  void requireOpen(long bytes) {
    if (closed) {
      requireOpen("size=" + bytes);
    }
  }

  /** Another thread's close can end the memory under an operation at any moment. */
  RuntimeException closedMeanwhile(IllegalStateException gone) {
    return closed
        ? new AllocatorClosedException("operation broken off: the allocator is closed")
        : gone;
  }

  /** The live block's page, or an exception that says why the address is none. */
  Page requireLive(long address) {
    requireOpen("question");
    return requireLive(directory.lookup(address), address);
  }

  /** The page, if a live block of it begins at the address. */
  Page requireLive(Page page, long address) {
    if (page == Page.NONE) {
      throw refused(address, page, "is not in a page of this allocator, or was freed");
    }
    if (!page.isStart(address)) {
      throw refused(address, page, "is inside a block");
    }
    if (!page.isLive(address)) {
      throw alreadyFree(page, address);
    }
    return page;
  }

  InvalidFreeException alreadyFree(Page page, long address) {
    return refused(address, page, "is already free");
  }

  private InvalidFreeException refused(long address, Page page, String why) {
    refusedFrees.increment();
    if (page == Page.NONE) {
      return new InvalidFreeException("address 0x%x %s".formatted(address, why));
    }
    LocalHeap owner = page.ownerVolatile();
    Thread thread = owner == null ? null : owner.thread();
    return new InvalidFreeException(
        "address 0x%x %s: page 0x%x, blocks of %d B, owner %s"
            .formatted(
                address,
                why,
                page.base(),
                page.blockBytes(),
                thread == null ? "none" : thread.getName()));
  }
}
