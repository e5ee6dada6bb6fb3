package io.hakmem.tck;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.spi.BlockFinder;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.BoxReport.ClassFigures;
import io.hakmem.spi.FreeListener;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Boxes over a supply and a directory of their own, composed as the allocator composes them, with
 * heaps that have a bin for each class of any of them. Any thread may call it.
 */
public final class BoxUnderTest implements LocalHeap.SlowPath, FreePath.SlowPath {

  private static final int MOST_EMPTIED = 4;

  /** Where all boxes get their pages. */
  public final BoundedSupply supply = new BoundedSupply(this::reclaim);

  /** Where all boxes register their pages. */
  public final WindowOfSupply directory = supply.directory();

  /** The way of a free, which refuses what is no live block. */
  public final FreePath frees = new FreePath(this, true);

  /** The box that is tested. */
  public final PoolBox box;

  private final List<PoolBox> boxes = new ArrayList<>();
  private final IdentityHashMap<Thread, LocalHeap> heaps = new IdentityHashMap<>();
  private final Map<LocalHeap, List<Bin>> binsByHeap = new HashMap<>();

  /**
   * Composes boxes.
   *
   * @param providers that of the box which is tested, and then of those behind it, in their order
   * @param settings the value of every gate of them
   */
  public BoxUnderTest(List<PoolBoxProvider> providers, Settings settings) {
    Optional<PoolBox> next = Optional.empty();
    for (PoolBoxProvider provider : providers.reversed()) {
      PoolBox made = provider.create(new Context(next, directory, supply, settings));
      boxes.addFirst(made);
      next = Optional.of(made);
    }
    box = boxes.getFirst();
  }

  /** What a box is made from. */
  private record Context(
      Optional<PoolBox> next, PageDirectory directory, PageSupply supply, Settings settings)
      implements BoxContext {}

  /** All boxes, the one that is tested in front. */
  public List<PoolBox> boxes() {
    return List.copyOf(boxes);
  }

  /** Lets all boxes flush. */
  public void flush(LocalHeap heap) {
    boxes.forEach(each -> each.flush(heap));
  }

  /** Lets all boxes return pages that no heap owns, as the supply does before it refuses. */
  private void reclaim() {
    boxes.forEach(PoolBox::reclaim);
  }

  /** Lets all boxes check themselves. */
  public void checkInvariants(LocalHeap heap) {
    boxes.forEach(each -> each.checkInvariants(heap));
  }

  /** The sum over all boxes. */
  public long liveBytes() {
    return boxes.stream().map(PoolBox::report).mapToLong(BoxReport::liveBytes).sum();
  }

  /** The sum over all boxes. */
  public long cachedBytes() {
    return boxes.stream().map(PoolBox::report).mapToLong(BoxReport::cachedBytes).sum();
  }

  /** Figures by block size, the sums over all boxes. */
  public SortedMap<Long, ClassFigures> classes() {
    SortedMap<Long, ClassFigures> sums = new TreeMap<>();
    for (PoolBox each : boxes) {
      for (ClassFigures figures : each.report().classes()) {
        sums.merge(figures.blockBytes(), figures, ClassFigures::plus);
      }
    }
    return sums;
  }

  /**
   * A counter of the box that is tested.
   *
   * @throws IllegalArgumentException if it has none of the name
   */
  public long counter(String name) {
    SortedMap<String, Long> counters = box.report().counters();
    Long count = counters.get(name);
    if (count == null) {
      throw new IllegalArgumentException(
          "counter=%s must be one of %s".formatted(name, counters.keySet()));
    }
    return count;
  }

  /**
   * A heap with a bin for each class of the boxes; a later one of the same thread takes its place.
   *
   * @param thread null for a heap that several threads use under a lock, by {@link #freeFrom}
   */
  public LocalHeap newHeap(@Nullable Thread thread) {
    LocalHeap heap = heapWithoutBins(thread);
    NavigableMap<Long, Bin> route = new TreeMap<>();
    List<Bin> ofTested = new ArrayList<>();
    for (PoolBox each : boxes) {
      long[] sizes = each.blockSizes();
      for (int sizeClass = 0; sizeClass < sizes.length; sizeClass++) {
        if (!route.containsKey(sizes[sizeClass])) {
          route.put(sizes[sizeClass], each.newBin(heap, sizeClass));
        }
      }
      if (ofTested.isEmpty()) {
        ofTested.addAll(route.values());
      }
    }
    heap.route(entries(route));
    remember(thread, heap, ofTested);
    return heap;
  }

  private LocalHeap heapWithoutBins(@Nullable Thread thread) {
    return new LocalHeap(thread, this, directory, frees, MOST_EMPTIED, new Interval(() -> 0, -1));
  }

  /** Each size goes to the smallest block that holds it. */
  private static Bin[] entries(NavigableMap<Long, Bin> bins) {
    Bin[] entries = new Bin[(int) (bins.lastKey() >>> LocalHeap.ROUTE_SHIFT) + 1];
    for (int step = 0; step < entries.length; step++) {
      entries[step] = bins.ceilingEntry((long) step << LocalHeap.ROUTE_SHIFT).getValue();
    }
    return entries;
  }

  private synchronized void remember(@Nullable Thread thread, LocalHeap heap, List<Bin> bins) {
    heaps.keySet().removeIf(known -> !known.isAlive());
    binsByHeap.keySet().removeIf(LocalHeap::isOfEndedThread);
    if (thread != null) {
      heaps.put(thread, heap);
    }
    binsByHeap.put(heap, bins);
  }

  /** The bins of a heap for the classes of the box that is tested, by class. */
  public synchronized List<Bin> bins(LocalHeap heap) {
    return binsByHeap.getOrDefault(heap, List.of());
  }

  @Override
  public long allocateSlow(LocalHeap heap, long bytes) {
    Bin bin = heap.binFor(bytes);
    if (bin == null) {
      throw new IllegalArgumentException("no class for " + bytes);
    }
    return bin.handler().allocate(heap, bin);
  }

  @Override
  public void freeSlow(long address) {
    freeFrom(heapOf(Thread.currentThread()), address);
  }

  /**
   * A free that is no hit, by the user of a heap; {@link FreePath#free} of {@link #frees} finds the
   * heap of the calling thread by itself.
   *
   * @throws IllegalArgumentException if the address is no live block
   */
  public void freeFrom(LocalHeap heap, long address) {
    if (those(BlockFinder.class).stream().anyMatch(each -> each.freeUnlooked(heap, address))) {
      return;
    }
    Page page = heap.lookup(address);
    those(FreeListener.class).forEach(each -> each.missedFree(heap, page, address));
    if (page.owner() == heap && page.isLive(address)) {
      page.handler().free(heap, page, address);
    } else if (page.owner() != heap && page.claimRemote(address)) {
      if (!page.isQueued()) {
        page.handler().freeRemote(page, address);
      }
    } else {
      throw new IllegalArgumentException("0x%x is no live block".formatted(address));
    }
  }

  private <T> List<T> those(Class<T> role) {
    return boxes.stream().filter(role::isInstance).map(role::cast).toList();
  }

  @Override
  public void collectSlow(LocalHeap heap) {
    boxes.forEach(each -> each.collect(heap));
  }

  private synchronized LocalHeap heapOf(Thread thread) {
    LocalHeap known = heaps.get(thread);
    return known == null ? heapWithoutBins(null) : known;
  }

  /**
   * Runs something on a thread that has a heap of its own, to its end.
   *
   * @throws AssertionError if it throws
   */
  public void onThread(Consumer<LocalHeap> task) {
    Threads.runToItsEnd(() -> task.accept(newHeap(Thread.currentThread())));
  }
}
