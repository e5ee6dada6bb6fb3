package io.hakmem.compose;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Events;
import io.hakmem.event.HeapMade;
import io.hakmem.spi.Bin;
import io.hakmem.spi.FreePath;
import io.hakmem.spi.LocalHeap;
import io.hakmem.spi.PoolBox;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes heaps with a bin for each size, of the first box that serves it. Any thread. */
final class HeapMaker {

  private static final Logger LOG = LoggerFactory.getLogger(HeapMaker.class);

  private final Composition composition;
  private final LocalHeap.SlowPath slow;
  private final FreePath frees;

  HeapMaker(Composition composition, LocalHeap.SlowPath slow, FreePath frees) {
    this.composition = composition;
    this.slow = slow;
    this.frees = frees;
  }

  /** A heap without bins, whose every operation is slow. */
  LocalHeap nobody() {
    return new LocalHeap(
        null,
        slow,
        composition.directory()::lookup,
        frees,
        Integer.MAX_VALUE,
        composition.newInterval());
  }

  /** The heap of a thread, or one that several threads share. */
  LocalHeap heapOf(@Nullable Thread thread) {
    HeapMade event = Events.heapMade();
    LocalHeap heap =
        new LocalHeap(
            thread,
            slow,
            composition.directory().newLookup(),
            frees,
            composition.mostEmptied(),
            composition.newInterval());
    Map<Long, Bin> bins = bins(heap, composition.pools());
    heap.route(Route.over(bins.values()));
    if (thread != null) {
      prefill(heap, bins.values());
    }
    if (event != null) {
      event.finish(thread == null);
    }
    return heap;
  }

  private static Map<Long, Bin> bins(LocalHeap heap, List<PoolBox> pools) {
    Map<Long, Bin> bins = new TreeMap<>();
    for (PoolBox pool : pools) {
      long[] sizes = pool.blockSizes();
      for (int sizeClass = 0; sizeClass < sizes.length; sizeClass++) {
        if (!bins.containsKey(sizes[sizeClass])) {
          bins.put(sizes[sizeClass], pool.newBin(heap, sizeClass));
        }
      }
    }
    return bins;
  }

  /**
   * Until a branch is taken for the first time, the JIT leaves its target out. A heap that starts
   * with full bins lets it compile loops that allocate without any call, and keep their variables
   * in registers.
   */
  private void prefill(LocalHeap heap, Collection<Bin> bins) {
    try {
      for (Bin bin : bins) {
        if (bin.blockBytes() <= composition.prefillBytes()) {
          bin.box().refill(heap, bin);
          bin.turnToNext(); // So that not even the turn to the first page is in the loop.
        }
      }
    } catch (OutOfNativeMemoryException refused) {
      LOG.debug("a heap starts without blocks: {}", refused.getMessage());
    }
  }
}
