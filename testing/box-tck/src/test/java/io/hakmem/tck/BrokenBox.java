package io.hakmem.tck;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.BlockFinder;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A pool that is right but for one fault. */
class BrokenBox extends PagedBox {

  private static final String NAME = "broken";
  private static final long[] SIZES = {64, 1024};

  private final Fault fault;
  private final List<LocalHeap> kept = new ArrayList<>();
  private int allocations;
  private long last;

  /** What is wrong. */
  enum Fault {
    /** One run that is to be released at a flush is not. */
    LOSES_A_RUN,
    /** A flush by a collector does nothing. */
    FLUSHES_FOR_ITS_THREAD_ONLY,
    /** A refill leaves the bin as it is. */
    REFILLS_NOTHING,
    /** Some blocks are handed out while they are live. */
    HANDS_OUT_TWICE,
    /** A free of any address in one of its pages is accepted. */
    ACCEPTS_SECOND_FREES,
    /** Each thread has pages of its own that nobody takes over. */
    FORGETS_ENDED_THREADS,
    /** Two block sizes stand in the wrong order. */
    SIZES_DESCEND,
    /** One block too many is reported as live. */
    MISCOUNTS,
    /** A counter comes up only after the first allocation. */
    COUNTS_LATE,
    /** Heaps are kept for ever. */
    KEEPS_HEAPS,
    /** A refused allocation is answered with 0. */
    HIDES_REFUSALS
  }

  BrokenBox(BoxContext context, Fault fault) {
    super(context, PagePolicy.standard(NAME + "_"), SIZES, supply(context.supply(), fault));
    this.fault = fault;
  }

  private static PageSupply supply(PageSupply whole, Fault fault) {
    return fault == Fault.LOSES_A_RUN ? new Leaking(whole) : whole;
  }

  /** A provider of a box with a fault. */
  static PoolBoxProvider provider(Fault fault) {
    return new PoolBoxProvider() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public int place() {
        return 100;
      }

      @Override
      public boolean isSelected(Settings settings) {
        return true;
      }

      @Override
      public PoolBox create(BoxContext context) {
        return switch (fault) {
          case ACCEPTS_SECOND_FREES -> new Believing(context);
          case FORGETS_ENDED_THREADS -> new Forgetting(context);
          case SIZES_DESCEND -> new Descending(context);
          default -> new BrokenBox(context, fault);
        };
      }
    };
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Bin newBin(LocalHeap heap, int sizeClass) {
    if (fault == Fault.KEEPS_HEAPS) {
      kept.add(heap);
    }
    return newAskedBin(heap, sizeClass);
  }

  @Override
  public void flush(LocalHeap heap) {
    if (fault != Fault.FLUSHES_FOR_ITS_THREAD_ONLY || heap.isOfCaller()) {
      super.flush(heap);
    }
  }

  @Override
  public void refill(LocalHeap heap, Bin bin) {
    if (fault != Fault.REFILLS_NOTHING) {
      super.refill(heap, bin);
    }
  }

  @Override
  public long allocate(LocalHeap heap, Bin bin) {
    allocations++;
    if (fault == Fault.HANDS_OUT_TWICE && allocations % 10 == 0 && heap.lookup(last).isLive(last)) {
      return last;
    }
    try {
      last = super.allocate(heap, bin);
    } catch (OutOfNativeMemoryException refused) {
      if (fault != Fault.HIDES_REFUSALS) {
        throw refused;
      }
      last = 0;
    }
    return last;
  }

  @Override
  public BoxReport report() {
    BoxReport right = super.report();
    return switch (fault) {
      case MISCOUNTS -> right.withClasses(oneMore(right.classes()));
      case COUNTS_LATE -> right.withCounters(oneMore(right));
      default -> right;
    };
  }

  private static List<ClassFigures> oneMore(List<ClassFigures> classes) {
    return classes.stream()
        .map(each -> each.plus(new ClassFigures(0, 0, 64, 0, BoxReport.Operations.NONE)))
        .toList();
  }

  private SortedMap<String, Long> oneMore(BoxReport report) {
    SortedMap<String, Long> counters = new TreeMap<>(report.counters());
    if (allocations > 0) {
      counters.put(NAME + "_asked", (long) allocations);
    }
    return counters;
  }

  /** Does not release the second run. */
  private static final class Leaking implements PageSupply {

    private final PageSupply whole;
    private int releases;

    private Leaking(PageSupply whole) {
      this.whole = whole;
    }

    @Override
    public Run acquire(long bytes) {
      return whole.acquire(bytes);
    }

    @Override
    public void release(long base, long bytes) {
      if (++releases != 2) {
        whole.release(base, bytes);
      }
    }
  }

  /** Believes every address inside one of its pages. */
  private static final class Believing extends BrokenBox implements BlockFinder {

    private final PageDirectory directory;

    private Believing(BoxContext context) {
      super(context, Fault.ACCEPTS_SECOND_FREES);
      this.directory = context.directory();
    }

    @Override
    public boolean freeUnlooked(LocalHeap heap, long address) {
      Page page = directory.lookup(address);
      if (page.owner() != heap) {
        return false;
      }
      if (page.isLive(address)) {
        free(heap, page, address);
      }
      return page.isStart(address);
    }
  }

  /** A pool for each heap. */
  private static final class Forgetting implements PoolBox {

    private final BoxContext context;
    private final Map<LocalHeap, PoolBox> pools = new ConcurrentHashMap<>();

    private Forgetting(BoxContext context) {
      this.context = context;
    }

    private PoolBox of(LocalHeap heap) {
      return pools.computeIfAbsent(
          heap, any -> new BrokenBox(context, Fault.FORGETS_ENDED_THREADS));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public long[] blockSizes() {
      return SIZES.clone();
    }

    @Override
    public Bin newBin(LocalHeap heap, int sizeClass) {
      return of(heap).newBin(heap, sizeClass);
    }

    @Override
    public void refill(LocalHeap heap, Bin bin) {
      of(heap).refill(heap, bin);
    }

    @Override
    public void flush(LocalHeap heap) {
      of(heap).flush(heap);
    }

    @Override
    public BoxReport report() {
      List<ClassFigures> sums = new ArrayList<>();
      for (int i = 0; i < SIZES.length; i++) {
        int sizeClass = i;
        pools.values().stream()
            .map(pool -> pool.report().classes().get(sizeClass))
            .reduce(ClassFigures::plus)
            .ifPresent(sums::add);
      }
      return BoxReport.NOTHING.withClasses(sums);
    }
  }

  /** Hands its classes on in the wrong order. */
  private record Descending(BoxContext context) implements PoolBox {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public long[] blockSizes() {
      return new long[] {1024, 64};
    }

    @Override
    public Bin newBin(LocalHeap heap, int sizeClass) {
      throw new UnsupportedOperationException("newBin");
    }

    @Override
    public void refill(LocalHeap heap, Bin bin) {
      throw new UnsupportedOperationException("refill");
    }
  }
}
