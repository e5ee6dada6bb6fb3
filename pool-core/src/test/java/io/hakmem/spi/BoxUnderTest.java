package io.hakmem.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One box over a supply and a directory of its own, with heaps that use all of its bins. */
final class BoxUnderTest implements LocalHeap.SlowPath, FreePath.SlowPath {

  private static final int MOST_EMPTIED = 4;

  final BoundedSupply supply = new BoundedSupply();
  final WindowOfSupply directory = supply.directory();
  final FreePath frees = new FreePath(this, true);
  final PoolBox box;
  private final Map<LocalHeap, List<Bin>> binsByHeap = new HashMap<>();

  BoxUnderTest(PoolBoxProvider provider, Settings settings) {
    box =
        provider.create(
            new BoxContext(new NoBox(), directory, supply, () -> new Decay(() -> 0, 1), settings));
  }

  LocalHeap newHeap(@Nullable Thread thread) {
    LocalHeap heap = new LocalHeap(thread, this, directory.newLookup(), frees, MOST_EMPTIED);
    List<Bin> bins = new ArrayList<>();
    for (int sizeClass = 0; sizeClass < box.blockSizes().length; sizeClass++) {
      bins.add(box.newBin(heap, sizeClass));
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

  synchronized List<Bin> bins(LocalHeap heap) {
    return binsByHeap.getOrDefault(heap, List.of());
  }

  @Override
  public long allocateSlow(LocalHeap heap, long bytes) {
    Bin bin = heap.binFor(bytes);
    if (bin == null) {
      throw new IllegalArgumentException("no class for " + bytes);
    }
    if (!bin.hasFreeBlocks()) {
      bin.box().refill(heap, bin);
    }
    return bin.pop();
  }

  @Override
  public void freeSlow(long address) {
    Page page = directory.lookup(address);
    if (page == Page.NONE || !page.claimRemote(address)) {
      throw new IllegalArgumentException("0x%x is no live block".formatted(address));
    }
    box.freeRemote(page, address);
  }

  @Override
  public void collectSlow(LocalHeap heap) {
    box.collect(heap);
  }
}
