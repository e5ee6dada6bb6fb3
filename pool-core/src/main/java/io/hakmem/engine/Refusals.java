package io.hakmem.engine;

import io.hakmem.AllocatorClosedException;
import io.hakmem.BlockDamagedException;
import io.hakmem.InvalidFreeException;
import io.hakmem.Stats;
import io.hakmem.chunk.ArenaPages;
import io.hakmem.compose.BoxCalls;
import io.hakmem.event.Events;
import io.hakmem.event.RefusedFree;
import io.hakmem.guard.Guard;
import io.hakmem.guard.Site;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.PageDirectory;
import java.util.concurrent.atomic.LongAdder;

/** What an allocator refuses: any use after its close, and addresses that are no live block. */
final class Refusals implements Guard.Verdicts {

  private final PageDirectory directory;
  private final String allocator;
  private final LongAdder foreign = new LongAdder();
  private final LongAdder interior = new LongAdder();
  private final LongAdder alreadyFree = new LongAdder();
  private final LongAdder wrongSize = new LongAdder();
  private volatile boolean closed;

  /**
   * Nothing is refused yet.
   *
   * @param allocator the allocator in a sentence
   */
  Refusals(PageDirectory directory, String allocator) {
    this.directory = directory;
    this.allocator = allocator;
  }

  /** From now on all is refused. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Addresses refused so far. */
  Stats.RefusedFrees refused() {
    return new Stats.RefusedFrees(
        foreign.sum(), interior.sum(), alreadyFree.sum(), wrongSize.sum());
  }

  /** Refuses a size that no block has. */
  static void requireSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "size=" + bytes + " must be in [1, " + Long.MAX_VALUE + "]");
    }
  }

  /** Refuses what no block has, the size first. */
  static void requireSizeAndAlignment(long bytes, long alignment) {
    requireSize(bytes);
    if (alignment < 1 || Long.bitCount(alignment) != 1) {
      throw new IllegalArgumentException("alignment=" + alignment + " must be a power of two");
    }
  }

  void requireOpen(String what) {
    if (closed) {
      throw new AllocatorClosedException(what + " refused: " + allocator + " is closed");
    }
  }

  /** Makes a text of the size only where it is refused. */
  void requireOpen(long bytes) {
    if (closed) {
      requireOpen("size=" + bytes);
    }
  }

  /** Makes a text of the address only where it is refused. */
  void requireOpenFor(long address) {
    if (closed) {
      requireOpen("address 0x" + Long.toHexString(address));
    }
  }

  /** Another thread's close can end the memory under an operation at any moment. */
  RuntimeException closedMeanwhile(IllegalStateException gone) {
    return closed ? brokenOff() : gone;
  }

  @Override
  public RuntimeException damaged(BlockDamagedException found) {
    return closed ? brokenOff() : found;
  }

  private AllocatorClosedException brokenOff() {
    return new AllocatorClosedException("operation broken off: " + allocator + " is closed");
  }

  /**
   * Names the box that threw; after the close of the allocator it may have found its memory gone.
   */
  RuntimeException failed(String box, String call, Throwable thrown) {
    return closed && thrown instanceof IllegalStateException gone
        ? closedMeanwhile(gone)
        : BoxCalls.failure(box, call, thrown);
  }

  /** The live block's page, or an exception that says why the address is none. */
  Page requireLive(long address) {
    requireOpenFor(address);
    return requireLive(directory.lookup(address), address);
  }

  /** The page, if a live block of it begins at the address. */
  Page requireLive(Page page, long address) {
    if (page == Page.NONE) {
      foreign.increment();
      String why = "is not in a page of " + allocator + ", or was freed";
      throw refused(address, page, "foreign", why);
    }
    if (page.handler() instanceof ArenaPages) {
      interior.increment();
      throw refused(address, page, "interior", "is memory of an arena, which its close gives back");
    }
    if (!page.isStart(address)) {
      interior.increment();
      throw refused(address, page, "interior", "is inside a block");
    }
    if (!page.isLive(address)) {
      throw alreadyFree(page, address);
    }
    return page;
  }

  /** Whether a live block begins at the address. */
  boolean isLive(long address) {
    Page page = directory.lookup(address);
    return page != Page.NONE && page.isStart(address) && page.isLive(address);
  }

  InvalidFreeException alreadyFree(Page page, long address) {
    alreadyFree.increment();
    return refused(address, page, "already free", "is already free");
  }

  /** Says what the guard knows, or else what the page says; nobody holds the address. */
  @Override
  public InvalidFreeException refuse(long address, String known) {
    Page page = directory.lookup(address);
    if (known.isEmpty()) {
      return alreadyFree(requireLive(page, address), address);
    }
    alreadyFree.increment();
    return refused(address, page, "already free", known);
  }

  @Override
  public InvalidFreeException refuseSize(long address, String known) {
    wrongSize.increment();
    return refused(address, directory.lookup(address), "wrong size", known);
  }

  private static InvalidFreeException refused(long address, Page page, String reason, String why) {
    String owner = ownerOf(page);
    RefusedFree event = Events.refusedFree();
    if (event != null) {
      boolean known = page != Page.NONE;
      long blockBytes = known ? page.blockBytes() : 0;
      String site = Site.ofCaller().toString();
      event.write(reason, address, page.base(), blockBytes, owner, site);
    }
    return new InvalidFreeException(
        page == Page.NONE
            ? "address 0x" + Long.toHexString(address) + " " + why
            : "address 0x"
                + Long.toHexString(address)
                + " "
                + why
                + ": page 0x"
                + Long.toHexString(page.base())
                + " of "
                + page.handler().name()
                + ", blocks of "
                + page.blockBytes()
                + " B, owner "
                + owner);
  }

  private static String ownerOf(Page page) {
    LocalHeap owner = page.ownerVolatile();
    Thread thread = owner == null ? null : owner.thread();
    return thread == null ? "none" : thread.getName();
  }
}
