package io.hakmem.heap;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.gate.Settings;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pool v1 alone, over memory of its own, with heaps that use all of its bins. */
public final class LonePool implements LocalHeap.SlowPath, FreePath.SlowPath, BoxContext {

  private static final int MOST_EMPTIED = 4;

  /** The way of a free. */
  public final FreePath frees = new FreePath(this, true);

  /** The pool. */
  public final PoolBox box;

  private final boolean takenOver;
  private final Runs runs = new Runs();
  private final Pages pages;
  private final PoolV1Provider provider = new PoolV1Provider();
  private final Map<LocalHeap, List<Bin>> bins = new HashMap<>();
  private int slowOperations;

  private LonePool(boolean takenOver, boolean leavesOut) {
    this.takenOver = takenOver;
    this.pages = new Pages(leavesOut);
    this.box = provider.create(this);
  }

  /** One that is asked for each operation. */
  public static LonePool asked() {
    return new LonePool(false, false);
  }

  /** One whose bins heaps pop and push by themselves. */
  public static LonePool takenOver() {
    return new LonePool(true, false);
  }

  /** Like {@link #takenOver}, with a page table that leaves every second page out. */
  static LonePool leavingOut() {
    return new LonePool(true, true);
  }

  /** Runs that are never handed out again, so that no page meets the key of another. */
  private static final class Runs implements PageSupply {

    private final Map<Long, Long> out = new HashMap<>();
    private long ampleBytes = Long.MAX_VALUE;
    private long refusedFrom = Long.MAX_VALUE;

    @Override
    public long ampleBytes() {
      return ampleBytes;
    }

    @Override
    public Run acquire(long bytes) {
      if (bytes >= refusedFrom) {
        throw new OutOfNativeMemoryException(bytes, "too long a run");
      }
      var memory = Arena.ofAuto().allocate(bytes, PageKey.PAGE_BYTES);
      out.put(memory.address(), bytes);
      return new Run(memory.address(), memory);
    }

    @Override
    public void release(long base, long bytes) {
      if (!out.remove(base, bytes)) {
        throw new IllegalStateException("run 0x%x is not out".formatted(base));
      }
    }
  }

  /** A table that grows when two pages meet. */
  private static final class Pages implements PageDirectory {

    private final boolean leavesOut;
    private final TreeMap<Long, Page> leftOut = new TreeMap<>();
    private PageTable table = new PageTable(1 << 16);
    private int registered;

    private Pages(boolean leavesOut) {
      this.leavesOut = leavesOut;
    }

    @Override
    public void register(Page page) {
      if (registered++ % 2 == 1 && leavesOut) {
        leftOut.put(page.base(), page);
        page.registered(true);
        return;
      }
      while (!table.hasRoomFor(page)) {
        PageTable larger = new PageTable(2 * table.length());
        larger.copy(table);
        table = larger;
      }
      table.enter(page, page);
      page.registered(true);
    }

    @Override
    public void unregister(Page page) {
      page.registered(false);
      if (leftOut.remove(page.base()) == null) {
        table.enter(page, Page.NONE);
      }
    }

    @Override
    public Page lookup(long address) {
      Map.Entry<Long, Page> below = leftOut.floorEntry(address);
      return below != null && below.getValue().contains(address)
          ? below.getValue()
          : table.find(address);
    }

    @Override
    public boolean adopt(Page page, @Nullable LocalHeap expected, @Nullable LocalHeap owner) {
      return page.changeOwner(expected, owner);
    }

    @Override
    public SortedMap<String, Long> counters() {
      return Collections.emptySortedMap();
    }

    @Override
    public PageTable table() {
      return table;
    }
  }

  @Override
  public Optional<PoolBox> next() {
    return Optional.empty();
  }

  @Override
  public PageDirectory directory() {
    return pages;
  }

  @Override
  public PageSupply supply() {
    return runs;
  }

  @Override
  public Settings settings() {
    return Settings.defaults(provider.gates());
  }

  /** A heap of the calling thread with a bin for each class. */
  public LocalHeap newHeap() {
    LocalHeap heap =
        new LocalHeap(
            Thread.currentThread(), this, pages, frees, MOST_EMPTIED, new Interval(() -> 0, -1));
    TreeMap<Long, Bin> bySize = new TreeMap<>();
    for (int sizeClass = 0; sizeClass < box.blockSizes().length; sizeClass++) {
      Bin bin = box.newBin(heap, sizeClass);
      bin = takenOver ? bin.handOver(box) : bin;
      bySize.put(bin.blockBytes(), bin);
    }
    Bin[] route = new Bin[(int) (bySize.lastKey() >>> LocalHeap.ROUTE_SHIFT) + 1];
    for (int step = 0; step < route.length; step++) {
      route[step] = bySize.ceilingEntry((long) step << LocalHeap.ROUTE_SHIFT).getValue();
    }
    heap.route(route);
    bins.put(heap, List.copyOf(bySize.values()));
    return heap;
  }

  /** The bin of a class. */
  public Bin bin(LocalHeap heap, int sizeClass) {
    return bins.getOrDefault(heap, List.of()).get(sizeClass);
  }

  /** The page of a block. */
  public Page pageOf(long block) {
    return pages.lookup(block);
  }

  /** Changes what the supply says of the longest run to be asked for. */
  public void ampleBytes(long bytes) {
    runs.ampleBytes = bytes;
  }

  /** Lets the supply refuse runs from so many bytes on. */
  public void refuseFrom(long bytes) {
    runs.refusedFrom = bytes;
  }

  long outBytes() {
    return runs.out.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Allocations and frees that were no hits. */
  public int slowOperations() {
    return slowOperations;
  }

  /** Runs something on a thread with a heap of its own, to its end. */
  void onThread(Consumer<LocalHeap> task) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread thread = new Thread(() -> task.accept(newHeap()));
    thread.setUncaughtExceptionHandler((who, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.getFirst());
    }
  }

  @Override
  public long allocateSlow(LocalHeap heap, long bytes) {
    slowOperations++;
    Bin bin = heap.binFor(bytes);
    if (bin == null) {
      throw new IllegalArgumentException("no class for " + bytes);
    }
    return bin.handler().allocate(heap, bin);
  }

  @Override
  public void freeSlow(long address) {
    slowOperations++;
    Page page = pageOf(address);
    LocalHeap owner = page.owner();
    if (!page.isLive(address)) {
      throw new IllegalArgumentException("0x%x is no live block".formatted(address));
    }
    if (owner != null && owner.thread() == Thread.currentThread()) {
      page.handler().free(owner, page, address);
    } else if (page.claimRemote(address)) {
      page.handler().freeRemote(page, address);
    }
  }

  @Override
  public void collectSlow(LocalHeap heap) {
    box.collect(heap);
  }
}
