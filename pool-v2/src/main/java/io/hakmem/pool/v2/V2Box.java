package io.hakmem.pool.v2;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.heap.PageKey;
import io.hakmem.paged.HeapCounts;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.paged.PerHeap;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Serves heaps that have a thread from pages of its own, and hands the rest to the next box. */
class V2Box extends PagedBox {

  /** Largest block: a page holds a few of them. */
  static final long MOST_BLOCK_BYTES = 8L << 10;

  private static final String PREFIX = "pool_v2_";
  private static final int NO_THREAD = 0;
  private static final int NO_MEMORY = 1;

  private final PoolBox next;
  private final Extents extents;
  private final boolean tlsFastPath;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final LongAdder noThread = new LongAdder();
  private final HeapCounts<Count> counts = new HeapCounts<>(Count.class);
  private final PerHeap<HeapPart> parts =
      new PerHeap<>(
          HeapPart.class, heap -> new HeapPart(lastNumber.incrementAndGet()), ended -> {});
  private final FallbackCounts handedOn =
      new FallbackCounts(blockSizes(), "bin of no thread", "no memory");

  /** A box that gets its pages from the extents alone, which are cut from the context's supply. */
  V2Box(BoxContext context, PoolBox next, Extents extents) {
    super(context, PagePolicy.standard(PREFIX), served(next.blockSizes()), extents);
    this.next = next;
    this.extents = extents;
    this.tlsFastPath = context.settings().get(V2Gates.TLS_FAST_PATH);
  }

  /** The first of the next box's classes, so that a class has one index in both. */
  private static long[] served(long[] sizes) {
    return Arrays.stream(sizes).takeWhile(size -> size <= MOST_BLOCK_BYTES).toArray();
  }

  @Override
  public final String name() {
    return V2Provider.NAME;
  }

  @Override
  public final Bin newBin(LocalHeap heap, int sizeClass) {
    if (heap.thread() == null) {
      noThread.increment();
      handedOn.count(sizeClass, NO_THREAD);
      return next.newBin(heap, sizeClass);
    }
    counts.prepare(heap);
    Bin bin = tlsFastPath ? directBin(heap, sizeClass) : newAskedBin(heap, sizeClass);
    parts.of(heap).fallBackTo(next.newBin(heap, sizeClass), sizeClass);
    return bin;
  }

  /** A bin that the heap pops by itself. */
  PagedBin directBin(LocalHeap heap, int sizeClass) {
    return newPagedBin(heap, sizeClass);
  }

  @Override
  public final long allocateAtOnce(LocalHeap heap, Bin bin) {
    counts.count(heap, Count.ASKED);
    long address = popAtOnce(bin); // Last: behind it a block would be lost.
    if (address == 0) {
      counts.uncount(heap, Count.ASKED);
    }
    return address;
  }

  @Override
  public boolean freeAtOnce(LocalHeap heap, Page page, int block) {
    counts.count(heap, Count.DIRECTORY_FREES);
    heap.takeBackBlock(page, block);
    return true;
  }

  @Override
  public final long allocate(LocalHeap heap, Bin bin) {
    counts.count(heap, Count.ASKED);
    try {
      return super.allocate(heap, bin);
    } catch (OutOfNativeMemoryException refused) {
      counts.count(heap, Count.NO_MEMORY);
      handedOn.count(bin.sizeClass(), NO_MEMORY);
      Bin fallback = parts.of(heap).fallback(bin.sizeClass());
      return fallback.handler().allocate(heap, fallback);
    }
  }

  /** Empty pages of other classes are retired before a page is asked for, which may be one. */
  @Override
  public final void refill(LocalHeap heap, Bin bin) {
    PagedBin paged = pagedBin(bin);
    paged.drain();
    if (!paged.hasFreeBlocks()) {
      heap.collectEmptied();
    }
    super.refill(heap, paged);
    reclaim();
  }

  /** Retires the pages that it takes out: the store is a way through, where nothing stays. */
  @Override
  public final void collect(LocalHeap heap) {
    if (parts.find(heap) != null) {
      super.collect(heap);
      reclaim();
    }
  }

  @Override
  public final void flush(LocalHeap heap) {
    if (parts.find(heap) != null) {
      super.flush(heap);
    }
  }

  @Override
  public final void reclaim() {
    super.reclaim();
    extents.releaseUnused();
  }

  @Override
  public final void purge() {
    super.purge();
    extents.releaseUnused();
  }

  @Override
  protected final long runBytesOf(long blockBytes) {
    return PageKey.PAGE_BYTES;
  }

  @Override
  protected final Page layOut(PageSupply.Run run, long bytes, long blockBytes) {
    Page page = newPageOver(run, bytes, blockBytes);
    extents.of(run.base()).enter(page);
    return page;
  }

  /** The page without or with headers. */
  Page newPageOver(PageSupply.Run run, long bytes, long blockBytes) {
    return super.layOut(run, bytes, blockBytes);
  }

  @Override
  public void free(LocalHeap heap, Page page, long address) {
    counts.count(heap, Count.DIRECTORY_FREES);
    super.free(heap, page, address);
  }

  final Extents extents() {
    return extents;
  }

  final PerHeap<HeapPart> parts() {
    return parts;
  }

  final void countHeaderFree(LocalHeap heap) {
    counts.count(heap, Count.HEADER_FREES);
  }

  @Override
  public final BoxReport report() {
    BoxReport pages = super.report();
    SortedMap<String, Long> counters = new TreeMap<>(pages.counters());
    addCounters(counters, counts.sums());
    extents.addCounters(counters, PREFIX);
    return pages.withCounters(counters).withFallbacks(handedOn).withSpareBytes(extents.freeBytes());
  }

  private void addCounters(SortedMap<String, Long> counters, Map<Count, Long> sums) {
    long noMemory = sums.getOrDefault(Count.NO_MEMORY, 0L);
    counters.put(PREFIX + "asked", sums.getOrDefault(Count.ASKED, 0L));
    counters.put(PREFIX + "header_frees", sums.getOrDefault(Count.HEADER_FREES, 0L));
    counters.put(PREFIX + "directory_frees", sums.getOrDefault(Count.DIRECTORY_FREES, 0L));
    counters.put(PREFIX + "fallback_no_memory", noMemory);
    counters.put(PREFIX + "fallback_no_thread", noThread.sum());
    counters.put(PREFIX + "fallbacks", noMemory + noThread.sum());
  }
}
