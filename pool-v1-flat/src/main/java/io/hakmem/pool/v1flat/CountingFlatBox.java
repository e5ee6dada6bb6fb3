package io.hakmem.pool.v1flat;

import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.HeapCounts;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.BoxReport.Operations;
import io.hakmem.spi.FreeListener;
import io.hakmem.spi.PoolBox;
import java.util.List;

/** Counts fallbacks with their reasons, and hits; all are zero while the box is disabled. */
final class CountingFlatBox extends FlatBox implements FreeListener {

  private final boolean enabled;
  private final HeapCounts<Fallback> fallbacks = new HeapCounts<>(Fallback.class);

  CountingFlatBox(PoolBox next, boolean enabled) {
    super(next, enabled);
    this.enabled = enabled;
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    fallbacks.count(heap, Fallback.ALLOCATION);
    return super.allocate(heap, bin);
  }

  @Override
  public void missedFree(LocalHeap heap, Page page, long address) {
    if (enabled && !isOfAnotherBox(page)) {
      fallbacks.count(heap, reason(heap, page, address));
    }
  }

  /** Only the pool's operations are counted, so only its frees may be fallbacks. */
  @SuppressWarnings("ReferenceEquality") // A box of a third party may override equals.
  private boolean isOfAnotherBox(Page page) {
    return page.bin() != null && page.handler() != next();
  }

  private static Fallback reason(LocalHeap heap, Page page, long address) {
    if (page == Page.NONE) {
      return Fallback.PAGE_NULL;
    }
    if (!page.isLive(address) || page.bin() == null) {
      return Fallback.OTHER;
    }
    return page.owner() == heap ? Fallback.CACHE_OFF : Fallback.FOREIGN_OWNER;
  }

  @Override
  public BoxReport report() {
    Operations all = enabled ? next().report().operations() : Operations.NONE;
    Counts now = Counts.of(all, fallbacks.sums());
    return super.report().withCounters(now.byName()).withStatistics(List.of(now.line()));
  }
}
