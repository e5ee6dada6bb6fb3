package io.hakmem.pool.v2;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.Bin;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.FallbackCounts;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageKey;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.Settings;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;

/** Serves heaps that have a thread from pages of its own, and hands the rest to the next box. */
final class V2Box extends PagedBox {

  /** Largest block: a page holds a few of them. */
  static final long MOST_BLOCK_BYTES = 8L << 10;

  private static final String PREFIX = "pool_v2_";
  private static final int NO_THREAD = 0;
  private static final int NO_MEMORY = 1;

  private final PoolBox next;
  private final Extents extents;
  private final boolean blockToUser;
  private final boolean tlsFastPath;
  private final Headers headers = new Headers(ThreadLocalRandom.current().nextLong());
  private final HeapParts parts = new HeapParts();
  private final FallbackCounts handedOn =
      new FallbackCounts(blockSizes(), "bin of no thread", "no memory");

  /** A box that gets its pages from the extents alone, which are cut from the context's supply. */
  V2Box(BoxContext context, Extents extents) {
    super(
        new BoxContext(
            context.next(), context.directory(), extents, context.decay(), context.settings()),
        PagePolicy.standard(PREFIX),
        served(context.next().blockSizes()));
    Settings settings = context.settings();
    this.next = context.next();
    this.extents = extents;
    this.blockToUser = settings.get(V2Gates.BLOCK_TO_USER);
    this.tlsFastPath = settings.get(V2Gates.TLS_FAST_PATH);
  }

  /** The first of the next box's classes, so that a class has one index in both. */
  private static long[] served(long[] sizes) {
    return Arrays.stream(sizes).takeWhile(size -> size <= MOST_BLOCK_BYTES).toArray();
  }

  @Override
  public String name() {
    return V2Provider.NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    if (heap.thread() == null) {
      parts.countNoThread();
      handedOn.count(sizeClass, NO_THREAD);
      return next.newBin(heap, sizeClass);
    }
    PagedBin shelf = newPagedBin(heap, sizeClass);
    parts.of(heap).fallBackTo(next.newBin(heap, sizeClass), sizeClass);
    if (blockToUser) {
      shelf.freesThroughBox();
    }
    return tlsFastPath ? shelf : new AskedBin(heap, this, shelf);
  }

  @Override
  protected PagedBin pagedBin(Bin bin) {
    return bin instanceof AskedBin asked ? asked.shelf() : super.pagedBin(bin);
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    HeapPart part = parts.of(heap);
    part.counts.asked++;
    PagedBin shelf = pagedBin(bin);
    if (shelf.isLow() && heap.shouldCollect()) {
      collect(heap);
    }
    return shelf.hasFreeBlocks() ? shelf.pop() : allocateSlow(heap, part, shelf);
  }

  private long allocateSlow(LocalHeap heap, HeapPart part, PagedBin shelf) {
    try {
      refill(heap, shelf);
      return shelf.pop();
    } catch (OutOfNativeMemoryException refused) {
      part.counts.noMemory++;
      handedOn.count(shelf.sizeClass(), NO_MEMORY);
      Bin fallback = part.fallback(shelf.sizeClass());
      return fallback.box().allocate(heap, fallback);
    }
  }

  /** Empty pages of other classes are retired before a page is asked for, which may be one. */
  @Override
  public void refill(LocalHeap heap, Bin bin) {
    PagedBin shelf = pagedBin(bin);
    shelf.drain();
    if (!shelf.hasFreeBlocks()) {
      heap.collectEmptied();
    }
    super.refill(heap, shelf);
    reclaim();
  }

  /** Retires the pages that it takes out: the store is a way through, where nothing stays. */
  @Override
  public void collect(LocalHeap heap) {
    if (parts.find(heap) != null) {
      super.collect(heap);
      reclaim();
    }
  }

  @Override
  public void flush(LocalHeap heap) {
    if (parts.find(heap) != null) {
      super.flush(heap);
    }
  }

  @Override
  public void checkInvariants(LocalHeap heap) {
    if (parts.find(heap) != null) {
      super.checkInvariants(heap);
    }
  }

  @Override
  protected long runBytesOf(long blockBytes) {
    return PageKey.PAGE_BYTES;
  }

  @Override
  protected Page layOut(PageSupply.Run run, long bytes, long blockBytes) {
    Page page =
        blockToUser
            ? Page.withHeaders(this, run, bytes, blockBytes, Headers.BYTES)
            : super.layOut(run, bytes, blockBytes);
    extents.of(run.base()).enter(page);
    return page;
  }

  @Override
  protected void prepare(LocalHeap heap, PagedBin bin, Page page) {
    if (blockToUser) {
      headers.writeAll(extents.of(page.base()), page, bin.sizeClass(), parts.of(heap).number);
    }
  }

  @Override
  public boolean alignsBlocks() {
    return !blockToUser;
  }

  @Override
  public boolean findsBlocks() {
    return blockToUser;
  }

  @Override
  public boolean freeUnlooked(LocalHeap heap, long address) {
    HeapPart part = parts.find(heap);
    if (part == null) {
      return false;
    }
    Extent extent = part.extentOf(address, extents);
    Page page = extent.pageAt(address);
    Bin bin = page.bin();
    // The owner first: memory of any other page may be taken from under the reader at any moment.
    if (page.owner() != heap
        || bin == null
        || !page.contains(address)
        || address < page.base()
        || !headers.matches(extent, address, bin.sizeClass(), part.number)
        || !page.isLive(address)) {
      return false;
    }
    part.counts.headerFrees++;
    heap.takeBack(page, address);
    return true;
  }

  /** The header was overwritten, or names a former owner: the next free shall find it in order. */
  @Override
  public void free(LocalHeap heap, Page page, long address) {
    HeapPart part = parts.of(heap);
    part.counts.directoryFrees++;
    Bin bin = page.bin();
    if (blockToUser && bin != null) {
      headers.write(extents.of(address), address, bin.sizeClass(), part.number);
    }
    heap.takeBack(page, address);
  }

  @Override
  public FallbackCounts fallbacks() {
    return handedOn;
  }

  @Override
  public long cachedBytes() {
    return super.cachedBytes() + extents.freeBytes();
  }

  @Override
  public SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = super.counters();
    parts.sum().addCounters(counters, PREFIX, parts.noThread());
    extents.addCounters(counters, PREFIX);
    return counters;
  }
}
