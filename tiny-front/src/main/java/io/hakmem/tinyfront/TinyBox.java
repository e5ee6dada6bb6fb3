package io.hakmem.tinyfront;

import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.Bin;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.Operations;
import io.hakmem.spi.Page;
import io.hakmem.spi.Settings;
import java.util.SortedMap;

/**
 * Fills the bins of the front's classes with pages of its own. With all gates at their defaults the
 * bins are direct and it is called for what is no hit; each gate that is off puts it in the way of
 * some operations, which it then counts.
 */
final class TinyBox extends PagedBox {

  private static final String PREFIX = "tiny_front_";

  private final boolean c7Direct;
  private final boolean othersDirect;
  private final boolean table;
  private final boolean classify;
  private final Fronts fronts = new Fronts();

  TinyBox(BoxContext context) {
    super(
        context,
        policy(context.settings()),
        TinyClasses.blockSizes(context.settings().get(TinyGates.CLASSES)));
    Settings settings = context.settings();
    this.c7Direct = settings.get(TinyGates.C7_HOT);
    this.othersDirect = settings.get(TinyGates.FRONT);
    this.table = settings.get(TinyGates.TABLE);
    this.classify = settings.get(TinyGates.CLASSIFY);
  }

  private static PagePolicy policy(Settings settings) {
    return new PagePolicy(
        PREFIX, settings.get(TinyGates.LARSON_FIX), settings.get(TinyGates.HOT_HEAP) ? 1 : 0);
  }

  @Override
  public String name() {
    return TinyProvider.NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    PagedBin paged = newPagedBin(heap, sizeClass);
    fronts.of(heap).add(paged);
    boolean direct = paged.blockBytes() == TinyClasses.C7_BYTES ? c7Direct : othersDirect;
    if (!direct) {
      paged.throughBox();
    }
    if (!classify) {
      paged.freesThroughBox();
    }
    return direct && table ? paged : new AskingBin(heap, this, paged);
  }

  @Override
  protected PagedBin pagedBin(Bin bin) {
    return bin instanceof AskingBin asking ? asking.paged() : super.pagedBin(bin);
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    Front front = fronts.of(heap);
    PagedBin paged = table ? pagedBin(bin) : front.find(bin.blockBytes());
    // A heap that pops by itself sees to its empty pages when it turns to another page.
    if (paged.isLow() && heap.shouldCollect()) {
      collect(heap);
    }
    if (!paged.hasFreeBlocks()) {
      refill(heap, paged);
    }
    front.allocations++;
    return paged.pop();
  }

  @Override
  public void free(LocalHeap heap, Page page, long address) {
    Front front = fronts.of(heap);
    front.frees++;
    if (!classify) {
      front.classifiedSlow++;
    }
    super.free(heap, page, address);
  }

  @Override
  public SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = super.counters();
    Front asked = fronts.sum();
    Operations all = operations();
    counters.put(PREFIX + "alloc_hit", all.allocations() - asked.allocations);
    counters.put(PREFIX + "alloc_asked", asked.allocations);
    counters.put(PREFIX + "free_hit", all.ownFrees() - asked.frees);
    counters.put(PREFIX + "free_asked", asked.frees);
    counters.put(PREFIX + "compared", asked.compared);
    counters.put(PREFIX + "classified_slow", asked.classifiedSlow);
    return counters;
  }
}
