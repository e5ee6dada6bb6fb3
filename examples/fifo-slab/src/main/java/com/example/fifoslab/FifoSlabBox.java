package com.example.fifoslab;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.HeapCounts;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBox;
import io.hakmem.paged.PerHeap;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds a freed block back until so many others of its class were freed, or until its bin has no
 * other one. Heaps pop blocks by themselves; each free comes to the box.
 */
final class FifoSlabBox extends PagedBox {

  private static final long[] BLOCK_BYTES = {
    16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384,
    416, 448, 480, 512
  };

  private final PerHeap<HeldBlocks> held;
  private final HeapCounts<Event> counts = new HeapCounts<>(Event.class);

  /** What is counted. */
  private enum Event {
    HELD
  }

  FifoSlabBox(BoxContext context) {
    super(
        context, PagePolicy.standard(FifoSlabProvider.COUNTER_PREFIX).holdingFreed(), BLOCK_BYTES);
    int most = Math.toIntExact(context.settings().get(FifoSlabGates.HELD));
    held =
        new PerHeap<>(
            HeldBlocks.class,
            heap -> new HeldBlocks(heap, BLOCK_BYTES.length, most),
            ended -> {}); // The base gives its blocks back when another heap gets its pages.
  }

  @Override
  public String name() {
    return FifoSlabProvider.NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    return newPagedBin(heap, sizeClass).freesThroughBox();
  }

  @Override
  public void free(LocalHeap heap, Page page, long address) {
    Bin bin = page.bin();
    if (bin == null) {
      super.free(heap, page, address);
      return;
    }
    held.of(heap).hold(page, address, bin.sizeClass());
    counts.count(heap, Event.HELD);
  }

  /** Gives the bin the blocks that were held the longest, or else a page. */
  @Override
  public void refill(LocalHeap heap, Bin bin) {
    pagedBin(bin).drain();
    if (held.of(heap).giveBackOlder(bin.sizeClass())) {
      return;
    }
    super.refill(heap, bin);
  }

  @Override
  protected void releaseHeld(LocalHeap heap) {
    held.of(heap).giveBackAll();
  }

  @Override
  public BoxReport report() {
    BoxReport pages = super.report();
    Map<Event, Long> sums = counts.sums();
    SortedMap<String, Long> counters = new TreeMap<>(pages.counters());
    counters.put(FifoSlabProvider.COUNTER_PREFIX + "held", sums.getOrDefault(Event.HELD, 0L));
    return pages.withCounters(counters);
  }
}
