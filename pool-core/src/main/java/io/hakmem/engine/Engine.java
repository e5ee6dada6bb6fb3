package io.hakmem.engine;

import io.hakmem.HakAllocatorMXBean.Snapshot;
import io.hakmem.InvalidFreeException;
import io.hakmem.Leak;
import io.hakmem.compose.ComposedBox;
import io.hakmem.compose.Parts;
import io.hakmem.event.Collect;
import io.hakmem.event.Events;
import io.hakmem.event.Trim;
import io.hakmem.gate.Checks;
import io.hakmem.guard.Guard;
import io.hakmem.guard.KnownBlock;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.HeapAccess;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.StackRoom;
import io.hakmem.thread.HeapMaker;
import io.hakmem.thread.HeapTable;
import io.hakmem.thread.OwnHeaps;
import io.hakmem.thread.Route;
import io.hakmem.thread.Stripes;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The composed allocator behind the API: heaps by thread, slow paths, ownership questions. */
public final class Engine implements LocalHeap.SlowPath, FreePath.SlowPath, AutoCloseable {

  private final Parts parts;
  private final LargeBlocks large;
  private final FreePath frees;
  private final LocalHeap nobody;
  private final HeapTable heaps;
  private final SlowFrees slowFrees;
  private final Stripes stripes;
  private final Refusals refusals;
  private final Figures figures;
  private final Contents contents;
  private final Tracking tracking;
  private final Closing closing;
  private final OwnHeaps ownHeaps;
  private final Purge purge;
  private final SlowAllocations allocations;
  private final Reallocations reallocations;

  /** Not null with full checks, which see every operation: then none is a hit. */
  private final @Nullable Guard guard;

  /** An allocator of this parts. */
  public Engine(Parts parts) {
    this.parts = parts;
    this.large =
        new LargeBlocks(parts.directory(), parts.reclaiming(), Route.largest(parts.boxes()));
    this.refusals = new Refusals(parts.directory(), parts.title());
    this.figures = new Figures(parts, large, refusals, this::heapCount);
    this.guard = newGuard();
    this.frees = new FreePath(this, parts.checks() != Checks.OFF, parts.operations());
    this.contents = new Contents(parts, refusals, frees, guard);
    this.slowFrees = new SlowFrees(parts.boxes(), refusals);
    HeapMaker maker = new HeapMaker(parts, this, frees);
    this.nobody = maker.nobody();
    Supplier<LocalHeap> ofNobody = () -> maker.heapOf(null);
    this.tracking = new Tracking(guard, parts.leakSampleEvery(), ofNobody);
    this.heaps = new HeapTable(nobody, maker::heapOf, contents::discardUndone, guard == null);
    this.closing = new Closing(parts, refusals, heaps, frees, tracking);
    this.stripes = new Stripes(Runtime.getRuntime().availableProcessors(), ofNobody);
    this.ownHeaps = new OwnHeaps(heaps, stripes);
    this.purge = new Purge(parts, heaps, stripes, tracking, refusals, contents);
    this.allocations =
        new SlowAllocations(parts, large, ownHeaps, tracking, refusals, figures, purge);
    this.reallocations = new Reallocations(heaps, contents, refusals, frees, large, parts);
    if (guard != null) {
      frees.close();
    }
    slowFrees.shorten(frees, parts, tracking, purge);
  }

  /** A guard over the blocks if full checks are asked for. */
  private @Nullable Guard newGuard() {
    return parts.checks() == Checks.FULL
        ? new Guard(new GuardedBlocks(), refusals, parts.quarantineBytes(), System::nanoTime)
        : null;
  }

  /** What the guard guards. */
  private final class GuardedBlocks implements Guard.Blocks {

    @Override
    public long allocate(long bytes, long alignment) {
      return alignment == 1
          ? allocations.fromOwnHeap(bytes)
          : allocations.aligned(bytes, alignment);
    }

    @Override
    public void free(long address) {
      freeBlock(address);
    }

    @Override
    public MemorySegment memory(long address) {
      return contents.whole(address);
    }

    @Override
    public boolean isLive(long address) {
      return refusals.isLive(address);
    }
  }

  /** Finds the heap of the calling thread, or that of nobody, which serves every thread slowly. */
  public HeapTable heaps() {
    return heaps;
  }

  /** The way of every free. */
  public FreePath frees() {
    return frees;
  }

  /** The heap of the calling thread, made if need be; virtual threads have none of their own. */
  public LocalHeap ownHeap() {
    parts.requireOutsideSource();
    refusals.requireOpen("heap");
    Thread thread = Thread.currentThread();
    try {
      return thread.isVirtual() || guard != null ? nobody : heaps.register(thread);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  @Override
  public long allocateSlow(LocalHeap heap, long bytes) {
    parts.requireOutsideSource();
    Refusals.requireSize(bytes);
    refusals.requireOpen(bytes);
    try {
      if (heap != nobody) {
        return allocations.missed(heap, bytes);
      }
      return guard == null ? allocations.fromOwnHeap(bytes) : guard.allocate(bytes, 1);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  /** A block at a multiple of the alignment, with so many leading bytes cleared. */
  public long allocateAlignedSlow(long bytes, long alignment, long clearedBytes) {
    Refusals.requireSizeAndAlignment(bytes, alignment);
    parts.requireOutsideSource();
    refusals.requireOpen(bytes);
    StackRoom.require();
    LocalHeap heap = heaps.current();
    contents.requireUndo(heap);
    try {
      long address =
          guard == null ? allocations.aligned(bytes, alignment) : guard.allocate(bytes, alignment);
      if (clearedBytes > 0) {
        contents.clearNew(heap, address, clearedBytes);
      }
      return address;
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  @Override
  public void freeSlow(long address) {
    parts.requireOutsideSource();
    refusals.requireOpenFor(address);
    try {
      if (guard == null) {
        freeBlock(address);
      } else {
        guard.free(address);
      }
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  @Override
  public void bringSlow(Page page, long address) {
    slowFrees.bring(page, address, true);
  }

  /**
   * Takes back a block of exactly the given bytes; only full checks compare them.
   *
   * @throws InvalidFreeException if the address is no live block, or one of another size
   */
  public void freeSized(long address, long bytes) {
    if (guard == null) {
      frees.free(address);
      return;
    }
    parts.requireOutsideSource();
    refusals.requireOpenFor(address);
    try {
      guard.free(address, bytes);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  private void freeBlock(long address) {
    purge.notice(); // First: what is thrown behind the free would say that there was none.
    KnownBlock sample = tracking.freed(address);
    try {
      if (sample != null) {
        StackRoom.require();
      }
      if (Thread.currentThread().isVirtual() || guard != null) {
        ownHeaps.with(heap -> slowFrees.free(heap, address));
      } else {
        freeOnThread(heaps.current(), address);
      }
    } catch (Throwable thrown) {
      tracking.notFreed(sample, refusals);
      throw thrown;
    }
  }

  /** Written out: every free of another thread's block comes here, and makes no object. */
  private void freeOnThread(LocalHeap heap, long address) {
    HeapAccess access = heap.access();
    int outer = access.enter();
    try {
      slowFrees.free(heap, address);
    } finally {
      access.depth = outer;
    }
  }

  @Override
  public void collectSlow(LocalHeap heap) {
    if (parts.isInsideSource()) {
      return; // The next one does it.
    }
    Collect event = Events.collect();
    OwnHeaps.inside(heap, this::collected);
    if (event != null) {
      event.finish(heap.thread() == null);
    }
  }

  private long collected(LocalHeap heap) {
    for (ComposedBox box : parts.boxes()) {
      box.collect(heap);
    }
    return 0;
  }

  /** Refuses a size that no block has. */
  public static void requireSize(long bytes) {
    Refusals.requireSize(bytes);
  }

  /** Refuses a block of the size after the close. */
  public void requireOpen(long bytes) {
    refusals.requireOpen(bytes);
  }

  /** The live block's page, or an exception that says why the address is none. */
  public Page requireLive(long address) {
    return refusals.requireLive(address);
  }

  /** Refuses a call that the page source makes; before anything is done. */
  public void requireOutsideSource() {
    parts.requireOutsideSource();
  }

  /** Changes the size of blocks. */
  public Reallocations reallocations() {
    return reallocations;
  }

  /** What is in blocks. */
  public Contents contents() {
    return contents;
  }

  /** What callers hold that was allocated so long ago, as far as it is known. */
  public List<Leak> leaks(Duration age) {
    return tracking.leaks(age);
  }

  /** Whether the address lies in a block or page of this allocator. */
  public boolean owns(long address) {
    return !refusals.isClosed() && parts.directory().lookup(address) != Page.NONE;
  }

  /** Bytes that are committed now. */
  public long committedBytes() {
    return parts.supply().committed();
  }

  /** Figures of the moment. */
  public Snapshot stats() {
    return figures.stats();
  }

  /** What gates of the boxes ask for. */
  public List<String> boxLines() {
    return figures.boxLines();
  }

  /**
   * Gives back what the calling thread's heap, the heaps of ended threads and those of virtual
   * threads cache, and all unused pages; returns bytes.
   */
  public long trim() {
    parts.requireOutsideSource();
    refusals.requireOpen("trim");
    Trim event = Events.trim();
    long bytes;
    try {
      if (guard != null) {
        guard.flush();
      }
      ownHeaps.with(purge.flushed);
      bytes = purge.reclaim();
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
    figures.countTrim(bytes);
    if (event != null) {
      event.finish(bytes);
    }
    return bytes;
  }

  /** Sets what arenas do when memory is purged; before the allocator is used. */
  public void whenPurging(Runnable purging) {
    purge.arenas(purging);
  }

  /** Takes back all that no caller has, whichever heap holds it, for who was refused memory. */
  public void reclaim() {
    ownHeaps.withThreadsOwn(purge.flushed);
    purge.reclaim();
  }

  /** Gives back what the calling thread's heap caches, and what lay unused for a while. */
  public void collect() {
    parts.requireOutsideSource();
    refusals.requireOpen("collect");
    try {
      ownHeaps.with(purge.flushed);
      purge.purgeIfDue();
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  private long heapCount() {
    return (long) heaps.size() + stripes.heaps();
  }

  /** Checks the calling thread's heap and the supply; throws at the first invariant broken. */
  public void checkInvariants() {
    parts.requireOutsideSource();
    refusals.requireOpen("check");
    ownHeaps.with(
        heap -> {
          parts.pools().forEach(pool -> pool.checkInvariants(heap));
          return 0;
        });
    parts.supply().checkInvariants();
    parts.arenaPages().checkInvariants();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return refusals.isClosed();
  }

  /** Memory of pinned pages stays mapped until {@link #closeUnpinned}. Idempotent. */
  @Override
  public void close() {
    parts.requireOutsideSource();
    closing.close();
  }

  /**
   * Gives back what a page was pinned for, after its unpinning and the allocator's close; else does
   * nothing. Memory that native calls use right now waits for another {@link #close}.
   */
  public void closeUnpinned() {
    if (!parts.isInsideSource()) { // Else another close gives it back.
      closing.closeUnpinned();
    }
  }
}
