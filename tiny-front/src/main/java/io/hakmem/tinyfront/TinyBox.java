package io.hakmem.tinyfront;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.HeapCounts;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.BoxReport.Operations;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fills the bins of the front's classes with pages of its own. With all gates at their defaults the
 * bins are direct and it is called for what is no hit; each gate that is off puts it in the way of
 * some operations, which it then counts.
 */
final class TinyBox extends PagedBox {

  private static final String PREFIX = "tiny_front_";

  private final boolean c7Direct;
  private final boolean othersDirect;
  private final boolean classify;
  private final HeapCounts<Asked> asked = new HeapCounts<>(Asked.class);

  /** What the box was called for. */
  private enum Asked {
    ALLOCATION,
    FREE
  }

  TinyBox(BoxContext context) {
    super(
        context,
        policy(context.settings()),
        TinyClasses.blockSizes(context.settings().get(TinyGates.CLASSES)));
    Settings settings = context.settings();
    this.c7Direct = settings.get(TinyGates.C7_HOT);
    this.othersDirect = settings.get(TinyGates.FRONT);
    this.classify = settings.get(TinyGates.CLASSIFY);
  }

  private static PagePolicy policy(Settings settings) {
    return new PagePolicy(
        PREFIX,
        settings.get(TinyGates.LARSON_FIX),
        settings.get(TinyGates.HOT_HEAP) ? 1 : 0,
        false,
        true);
  }

  @Override
  public String name() {
    return TinyProvider.NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    asked.prepare(heap);
    boolean isC7 = blockSizes()[sizeClass] == TinyClasses.C7_BYTES;
    if (!(isC7 ? c7Direct : othersDirect)) {
      return newAskedBin(heap, sizeClass);
    }
    PagedBin paged = newPagedBin(heap, sizeClass);
    return classify ? paged : paged.freesThroughBox();
  }

  @Override
  public long allocateAtOnce(LocalHeap heap, Bin bin) {
    asked.count(heap, Asked.ALLOCATION);
    long address = popAtOnce(bin); // Last: behind it a block would be lost.
    if (address == 0) {
      asked.uncount(heap, Asked.ALLOCATION);
    }
    return address;
  }

  @Override
  public boolean freeAtOnce(LocalHeap heap, Page page, int block) {
    asked.count(heap, Asked.FREE);
    heap.takeBackBlock(page, block);
    return true;
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    asked.count(heap, Asked.ALLOCATION);
    return super.allocate(heap, bin);
  }

  @Override
  public void free(LocalHeap heap, Page page, long address) {
    asked.count(heap, Asked.FREE);
    super.free(heap, page, address);
  }

  @Override
  public BoxReport report() {
    BoxReport pages = super.report();
    Operations all = pages.operations();
    Map<Asked, Long> sums = asked.sums();
    long allocations = sums.getOrDefault(Asked.ALLOCATION, 0L);
    long frees = sums.getOrDefault(Asked.FREE, 0L);
    SortedMap<String, Long> counters = new TreeMap<>(pages.counters());
    counters.put(PREFIX + "alloc_hit", all.allocations() - allocations);
    counters.put(PREFIX + "alloc_asked", allocations);
    counters.put(PREFIX + "free_hit", all.ownFrees() - frees);
    counters.put(PREFIX + "free_asked", frees);
    counters.put(PREFIX + "classified_slow", classify ? 0 : frees);
    return pages.withCounters(counters);
  }
}
