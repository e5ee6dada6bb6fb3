package io.hakmem.pool;

import io.hakmem.spi.Bin;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Operations;
import io.hakmem.spi.Page;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageKey;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.Settings;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The standard pool. A bin without free blocks gets a page from, in this order: remote frees, pages
 * of dead heaps, the shared store, the page supply.
 */
final class PoolV1 implements PoolBox {

  private static final int MOST_PAGES_A_RUN = 8;
  private static final int TAIL_WASTE_SHIFT = 3;

  private final PageDirectory directory;
  private final PageSupply supply;
  private final long[] blockSizes;
  private final SharedStore store;
  private final Map<LocalHeap, HeapPages> heaps = new ConcurrentHashMap<>();

  PoolV1(BoxContext context) {
    Settings settings = context.settings();
    this.directory = context.directory();
    this.supply = context.supply();
    this.blockSizes = SizeClasses.of(settings.get(PoolV1Gates.CLASSES));
    this.store = new SharedStore(directory, supply, context.decay().get(), blockSizes.length);
  }

  @Override
  public String name() {
    return PoolV1Provider.NAME;
  }

  @Override
  public long[] blockSizes() {
    return blockSizes.clone();
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    HeapPages pages =
        heaps.computeIfAbsent(heap, key -> new HeapPages(key, directory, store, blockSizes.length));
    Shelf shelf = new Shelf(this, sizeClass, blockSizes[sizeClass], pages);
    pages.add(shelf);
    return new LayeredBin(heap, this, shelf);
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    Shelf shelf = shelfOf(bin);
    if (shelf.isLow()) {
      shelf.pages().drain();
    }
    if (!shelf.hasFreeBlocks()) {
      refill(heap, shelf);
    }
    return shelf.pop();
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    Shelf shelf = shelfOf(bin);
    HeapPages pages = shelf.pages();
    pages.countRefill();
    pages.drain();
    if (shelf.hasFreeBlocks() || (adoptDead(pages) && shelf.hasFreeBlocks())) {
      return;
    }
    if (heap.takeEmptied()) {
      pages.collect();
    }
    Page page = store.take(bin.sizeClass());
    pages.own(page == null ? newPage(bin.blockBytes()) : page, shelf);
  }

  private static Shelf shelfOf(Bin bin) {
    return bin instanceof LayeredBin layered ? layered.shelf() : (Shelf) bin;
  }

  @Override
  public void collect(LocalHeap heap) {
    pagesOf(heap).collect();
  }

  @Override
  public void freeRemote(Page page, long address) {
    while (page.claimQueue()) {
      LocalHeap owner = page.ownerVolatile();
      while (owner != null) {
        if (owner.queue(page)) {
          return;
        }
        Thread.onSpinWait();
        owner = page.ownerVolatile();
      }
      page.beginDrain();
      if (page.ownerVolatile() == null) {
        return;
      }
    }
  }

  @Override
  public void flush(LocalHeap heap) {
    HeapPages pages = pagesOf(heap);
    pages.drain();
    adoptDead(pages);
    pages.flush();
    store.clear();
  }

  @Override
  public void reclaim() {
    store.clear();
  }

  @Override
  public long liveBytes() {
    return heaps.values().stream().mapToLong(HeapPages::liveBytes).sum();
  }

  @Override
  public long cachedBytes() {
    return store.bytes() + heaps.values().stream().mapToLong(HeapPages::cachedBytes).sum();
  }

  @Override
  public Operations operations() {
    return heaps.values().stream()
        .map(HeapPages::operations)
        .reduce(Operations.NONE, Operations::plus);
  }

  @Override
  public SortedMap<String, Long> counters() {
    SortedMap<String, Long> sum = new TreeMap<>();
    heaps.values().forEach(pages -> pages.addCounters(sum));
    return sum;
  }

  @Override
  public void checkInvariants(LocalHeap heap) {
    pagesOf(heap).checkInvariants();
  }

  private HeapPages pagesOf(LocalHeap heap) {
    HeapPages pages = heaps.get(heap);
    if (pages == null) {
      throw new IllegalStateException("pool-v1 has no bins for this heap");
    }
    return pages;
  }

  /** Blocks up to this share of the run may be lost at its end. */
  static long runBytes(long blockBytes) {
    long bytes = PageKey.roundUp(blockBytes);
    for (int pages = 1; pages <= MOST_PAGES_A_RUN; pages++) {
      long candidate = (long) pages * PageKey.PAGE_BYTES;
      if (candidate >= blockBytes && candidate % blockBytes <= candidate >> TAIL_WASTE_SHIFT) {
        return candidate;
      }
    }
    return bytes;
  }

  private Page newPage(long blockBytes) {
    long bytes = runBytes(blockBytes);
    PageSupply.Run kept = store.takeRun(bytes);
    PageSupply.Run run = kept == null ? supply.acquire(bytes) : kept;
    Page page =
        new Page(this, run.base(), bytes, blockBytes, (int) (bytes / blockBytes), run.memory());
    try {
      directory.register(page);
    } catch (RuntimeException refused) {
      supply.release(run.base(), bytes);
      throw refused;
    }
    return page;
  }

  private boolean adoptDead(HeapPages adopter) {
    boolean adopted = false;
    for (HeapPages candidate : List.copyOf(heaps.values())) {
      if (candidate.isDead() && heaps.remove(candidate.heap(), candidate)) {
        adopter.adopt(candidate);
        adopted = true;
      }
    }
    return adopted;
  }
}
