package io.hakmem.compose;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.Stats;
import io.hakmem.event.Collect;
import io.hakmem.event.Events;
import io.hakmem.event.HeapMade;
import io.hakmem.event.Trim;
import io.hakmem.spi.Bin;
import io.hakmem.spi.FreePath;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import io.hakmem.spi.PoolBox;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composed allocator behind the API: heaps by thread, slow paths, ownership questions. */
public final class Engine implements LocalHeap.SlowPath, FreePath.SlowPath, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** Up to here a loop that the JIT compiles in place is faster than a call that fills. */
  private static final long FILLED_INLINE_BYTES = 2048;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[8 << 10]);

  private final Composition composition;
  private final PoolBox[] pools;
  private final LargeBlocks large;
  private final FreePath frees;
  private final LocalHeap nobody;
  private final HeapTable heaps;
  private final PoolBox[] finders;
  private final PoolBox[] listeners;
  private final long[] alignable;
  private final Stripes stripes;
  private final Refusals refusals;
  private final Figures figures;

  /** An allocator of this composition. */
  public Engine(Composition composition) {
    this.composition = composition;
    this.pools = composition.pools().toArray(new PoolBox[0]);
    this.large = composition.large();
    this.refusals = new Refusals(composition.directory());
    this.figures = new Figures(composition, refusals, this::heapCount);
    this.finders =
        composition.pools().stream().filter(PoolBox::findsBlocks).toArray(PoolBox[]::new);
    this.listeners =
        composition.pools().stream().filter(PoolBox::hearsMissedFrees).toArray(PoolBox[]::new);
    this.alignable = alignable(pools);
    this.frees = new FreePath(this, composition.checked());
    this.nobody =
        new LocalHeap(
            null,
            this,
            composition.directory()::lookup,
            frees,
            Integer.MAX_VALUE,
            composition.newInterval());
    this.heaps = new HeapTable(nobody, this::newHeap);
    this.stripes = new Stripes(Runtime.getRuntime().availableProcessors(), () -> newHeap(null));
  }

  /** Sizes whose blocks are aligned, by the box that serves the size. */
  private static long[] alignable(PoolBox[] pools) {
    NavigableMap<Long, Boolean> aligned = new TreeMap<>();
    for (PoolBox pool : pools) {
      for (long size : pool.blockSizes()) {
        aligned.putIfAbsent(size, pool.alignsBlocks());
      }
    }
    return aligned.keySet().stream().filter(aligned::get).mapToLong(Long::longValue).toArray();
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
    refusals.requireOpen("heap");
    Thread thread = Thread.currentThread();
    try {
      return thread.isVirtual() ? nobody : heaps.register(thread);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  /** Fills a live block's first bytes, rounded up to whole words, with zeros. */
  public void zeroSlow(long address, long bytes) {
    try {
      fillWithZeros(address, bytes);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  /** Copies the first bytes of a live block to another. */
  public void copy(Page source, long from, long to, long bytes) {
    Page target = refusals.requireLive(to);
    try {
      MemorySegment.copy(
          source.memory(), from - source.base(), target.memory(), to - target.base(), bytes);
    } catch (IllegalStateException gone) {
      throw refusals.isClosed()
          ? refusals.closedMeanwhile(gone)
          : refusals.alreadyFree(source, from); // By another thread, in this moment.
    }
  }

  private void fillWithZeros(long address, long bytes) {
    Page page = composition.directory().lookup(address);
    long offset = address - page.base();
    if (bytes > FILLED_INLINE_BYTES) {
      copyZeros(page.memory(), offset, bytes);
      return;
    }
    MemorySegment memory = page.memory();
    int words = (int) ((bytes + Long.BYTES - 1) / Long.BYTES);
    for (int i = 0; i < words; i++) {
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + (long) i * Long.BYTES, 0);
    }
  }

  /** The JVM copies with wide stores, and fills with narrow ones. */
  private static void copyZeros(MemorySegment memory, long offset, long bytes) {
    for (long done = 0; done < bytes; done += ZEROS.byteSize()) {
      long length = Math.min(ZEROS.byteSize(), bytes - done);
      MemorySegment.copy(ZEROS, 0, memory, offset + done, length);
    }
  }

  @Override
  public long allocateSlow(LocalHeap heap, long bytes) {
    Refusals.requireSize(bytes);
    refusals.requireOpen(bytes);
    try {
      return heap == nobody ? withOwnHeap(own -> own.allocate(bytes)) : allocateMissed(heap, bytes);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  private long allocateMissed(LocalHeap heap, long bytes) {
    Bin bin = heap.binFor(bytes);
    if (bin == null) {
      return allocateLarge(heap, bytes, 1);
    }
    try {
      return bin.box().allocate(heap, bin);
    } catch (OutOfNativeMemoryException refused) {
      figures.countOutOfMemory();
      throw refused;
    }
  }

  private long allocateLarge(LocalHeap heap, long bytes, long alignment) {
    try {
      return large.allocate(bytes, alignment).base();
    } catch (OutOfNativeMemoryException refused) {
      heap.collectEmptied();
      return allocateLastTime(bytes, alignment);
    }
  }

  private long allocateLastTime(long bytes, long alignment) {
    try {
      return large.allocate(bytes, alignment).base();
    } catch (OutOfNativeMemoryException refused) {
      figures.countOutOfMemory();
      throw refused;
    }
  }

  /** A block at a multiple of the alignment. */
  public long allocateAligned(long bytes, long alignment) {
    refusals.requireOpen(bytes);
    for (long blockBytes : alignable) {
      if (blockBytes >= Math.max(bytes, alignment) && blockBytes % alignment == 0) {
        return heaps.current().allocate(blockBytes);
      }
    }
    return allocateLarge(heaps.current(), bytes, alignment);
  }

  @Override
  public void freeSlow(long address) {
    refusals.requireOpen("free");
    Thread thread = Thread.currentThread();
    try {
      if (thread.isVirtual()) {
        stripes.with(thread, heap -> freeSlow(heap, address));
      } else {
        freeSlow(heaps.current(), address);
      }
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
  }

  private long freeSlow(LocalHeap heap, long address) {
    for (PoolBox finder : finders) {
      if (finder.freeUnlooked(heap, address)) {
        return address;
      }
    }
    Page page = heap.lookup(address);
    for (PoolBox listener : listeners) {
      listener.missedFree(heap, page, address);
    }
    if (page.owner() == heap) {
      refusals.requireLive(page, address);
      page.box().free(heap, page, address);
    } else if (page.claimRemote(address)) {
      page.box().freeRemote(page, address);
    } else {
      refusals.requireLive(page, address);
      throw refusals.alreadyFree(page, address);
    }
    return address;
  }

  @Override
  public void collectSlow(LocalHeap heap) {
    Collect event = Events.collect();
    for (PoolBox pool : pools) {
      pool.collect(heap);
    }
    if (event != null) {
      event.finish(heap.thread() == null);
    }
  }

  private long withOwnHeap(ToLongFunction<LocalHeap> operation) {
    Thread thread = Thread.currentThread();
    return thread.isVirtual()
        ? stripes.with(thread, operation)
        : operation.applyAsLong(heaps.register(thread));
  }

  /** Refuses a size that no block has. */
  public static void requireSize(long bytes) {
    Refusals.requireSize(bytes);
  }

  /** The live block's page, or an exception that says why the address is none. */
  public Page requireLive(long address) {
    return refusals.requireLive(address);
  }

  /** Whether the address lies in a block or page of this allocator. */
  public boolean owns(long address) {
    return !refusals.isClosed() && composition.directory().lookup(address) != Page.NONE;
  }

  /** Figures of the moment. */
  public Stats stats() {
    return figures.stats();
  }

  /** What gates of the boxes ask for, a line each. */
  public List<String> statistics() {
    return Arrays.stream(pools).flatMap(pool -> pool.statistics().stream()).toList();
  }

  /**
   * Gives back what the calling thread's heap, the heaps of ended threads and those of virtual
   * threads cache, and all unused pages; returns bytes.
   */
  public long trim() {
    refusals.requireOpen("trim");
    Trim event = Events.trim();
    try {
      withOwnHeap(this::flushed);
      stripes.forEach(this::flush);
    } catch (IllegalStateException gone) {
      throw refusals.closedMeanwhile(gone);
    }
    long bytes = composition.supply().trim();
    figures.countTrim(bytes);
    if (event != null) {
      event.finish(bytes);
    }
    return bytes;
  }

  private long heapCount() {
    return (long) heaps.size() + stripes.heaps();
  }

  /** Checks the calling thread's heap and the supply; throws at the first invariant broken. */
  public void checkInvariants() {
    refusals.requireOpen("check");
    withOwnHeap(
        heap -> {
          composition.pools().forEach(pool -> pool.checkInvariants(heap));
          return 0;
        });
    composition.supply().checkInvariants();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return refusals.isClosed();
  }

  /** Memory of pinned pages stays mapped until {@link #closeUnpinned}. */
  @Override
  public synchronized void close() {
    refusals.close();
    heaps.close();
    frees.close();
    composition.supply().close(this::isPinned);
  }

  /**
   * Gives back what a page was pinned for, after its unpinning and the allocator's close; else does
   * nothing. Memory that native calls use right now waits for another {@link #close}.
   */
  public synchronized void closeUnpinned() {
    if (refusals.isClosed()) {
      try {
        composition.supply().close(this::isPinned);
      } catch (IllegalStateException inUse) {
        LOG.debug("not all of a closed allocator is given back: {}", inUse.getMessage());
      }
    }
  }

  private boolean isPinned(long address) {
    return composition.directory().lookup(address).isPinned();
  }

  private long flushed(LocalHeap heap) {
    flush(heap);
    return 0;
  }

  private void flush(LocalHeap heap) {
    composition.pools().forEach(pool -> pool.flush(heap));
  }

  private LocalHeap newHeap(@Nullable Thread thread) {
    HeapMade event = Events.heapMade();
    LocalHeap heap =
        new LocalHeap(
            thread,
            this,
            composition.directory().newLookup(),
            frees,
            composition.mostEmptied(),
            composition.newInterval());
    Map<Long, Bin> bins = new TreeMap<>();
    for (PoolBox pool : pools) {
      long[] sizes = pool.blockSizes();
      for (int sizeClass = 0; sizeClass < sizes.length; sizeClass++) {
        if (!bins.containsKey(sizes[sizeClass])) {
          bins.put(sizes[sizeClass], pool.newBin(heap, sizeClass));
        }
      }
    }
    heap.route(Route.over(bins.values()));
    if (thread != null) {
      prefill(heap, bins.values());
    }
    if (event != null) {
      event.finish(thread == null);
    }
    return heap;
  }

  /**
   * Until a branch is taken for the first time, the JIT leaves its target out. A heap that starts
   * with full bins lets it compile loops that allocate without any call, and keep their variables
   * in registers.
   */
  private void prefill(LocalHeap heap, Collection<Bin> bins) {
    try {
      for (Bin bin : bins) {
        if (bin.blockBytes() <= composition.prefillBytes()) {
          bin.box().refill(heap, bin);
        }
      }
    } catch (OutOfNativeMemoryException refused) {
      LOG.debug("a heap starts without blocks: {}", refused.getMessage());
    }
  }
}
