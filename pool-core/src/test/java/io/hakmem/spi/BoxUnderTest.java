package io.hakmem.spi;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.Decay;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.Interval;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Boxes over a supply and a directory of their own, with heaps that use all bins of the first. */
public final class BoxUnderTest implements LocalHeap.SlowPath, FreePath.SlowPath {

  private static final int MOST_EMPTIED = 4;

  /** Where all boxes get their pages. */
  public final BoundedSupply supply = new BoundedSupply();

  /** Where all boxes register their pages. */
  public final WindowOfSupply directory = supply.directory();

  /** The way of a free, which refuses what is no live block. */
  public final FreePath frees = new FreePath(this, true);

  /** The box that is tested. */
  public final PoolBox box;

  final List<PoolBox> boxes = new ArrayList<>();
  private final Map<LocalHeap, List<Bin>> binsByHeap = new HashMap<>();
  private final boolean direct;

  /** The first provider's box is tested; direct bins are popped and pushed by the heaps. */
  public BoxUnderTest(List<PoolBoxProvider> providers, Settings settings, boolean direct) {
    this.direct = direct;
    PoolBox next = new NoBox();
    for (PoolBoxProvider provider : providers.reversed()) {
      next =
          provider.create(
              new BoxContext(next, directory, supply, () -> new Decay(() -> 0, 1), settings));
      boxes.addFirst(next);
    }
    box = next;
  }

  /** Lets all boxes flush. */
  public void flush(LocalHeap heap) {
    boxes.forEach(each -> each.flush(heap));
  }

  /** Lets all boxes check themselves. */
  public void checkInvariants(LocalHeap heap) {
    boxes.forEach(each -> each.checkInvariants(heap));
  }

  /** The sum over all boxes. */
  public long liveBytes() {
    return boxes.stream().mapToLong(PoolBox::liveBytes).sum();
  }

  /** The sum over all boxes. */
  public long cachedBytes() {
    return boxes.stream().mapToLong(PoolBox::cachedBytes).sum();
  }

  /** A heap with a bin for each class of the box that is tested; null for one without a thread. */
  public LocalHeap newHeap(@Nullable Thread thread) {
    LocalHeap heap =
        new LocalHeap(
            thread, this, directory.newLookup(), frees, MOST_EMPTIED, new Interval(() -> 0, -1));
    List<Bin> bins = new ArrayList<>();
    for (int sizeClass = 0; sizeClass < box.blockSizes().length; sizeClass++) {
      Bin bin = box.newBin(heap, sizeClass);
      bins.add(direct ? bin.handOver(box) : bin);
    }
    Bin last = bins.getLast();
    Bin[] route = new Bin[(int) (last.blockBytes() >>> LocalHeap.ROUTE_SHIFT) + 1];
    for (Bin bin : bins.reversed()) {
      Arrays.fill(route, 0, (int) (bin.blockBytes() >>> LocalHeap.ROUTE_SHIFT) + 1, bin);
    }
    heap.route(route);
    synchronized (this) {
      binsByHeap.put(heap, bins);
    }
    return heap;
  }

  /** The bins of a heap, by class. */
  public synchronized List<Bin> bins(LocalHeap heap) {
    return binsByHeap.getOrDefault(heap, List.of());
  }

  @Override
  public long allocateSlow(LocalHeap heap, long bytes) {
    Bin bin = heap.binFor(bytes);
    if (bin == null) {
      throw new IllegalArgumentException("no class for " + bytes);
    }
    return bin.box().allocate(heap, bin);
  }

  @Override
  public void freeSlow(long address) {
    LocalHeap own = heapOf(Thread.currentThread());
    if (boxes.stream().anyMatch(each -> each.findsBlocks() && each.freeUnlooked(own, address))) {
      return;
    }
    Page page = directory.lookup(address);
    boxes.stream()
        .filter(PoolBox::hearsMissedFrees)
        .forEach(each -> each.missedFree(own, page, address));
    if (page == Page.NONE || !page.isLive(address)) {
      throw new IllegalArgumentException("0x%x is no live block".formatted(address));
    }
    LocalHeap owner = page.owner();
    if (owner != null && owner.thread() == Thread.currentThread()) {
      page.box().free(owner, page, address);
    } else if (page.claimRemote(address)) {
      page.box().freeRemote(page, address);
    }
  }

  @Override
  public void collectSlow(LocalHeap heap) {
    boxes.forEach(each -> each.collect(heap));
  }

  private synchronized LocalHeap heapOf(Thread thread) {
    return binsByHeap.keySet().stream()
        .filter(heap -> heap.thread() == thread)
        .findAny()
        .orElseGet(
            () ->
                new LocalHeap(
                    null,
                    this,
                    directory.newLookup(),
                    frees,
                    MOST_EMPTIED,
                    new Interval(() -> 0, -1)));
  }
}
