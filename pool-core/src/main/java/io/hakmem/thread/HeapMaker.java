package io.hakmem.thread;

import io.hakmem.BoxFailedException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.compose.BoxCalls;
import io.hakmem.compose.ComposedBox;
import io.hakmem.compose.Parts;
import io.hakmem.event.Events;
import io.hakmem.event.HeapMade;
import io.hakmem.heap.Bin;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.log.Logs;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Makes heaps with a bin for each size, of the first box that serves it. Any thread. */
public final class HeapMaker {

  private static final Logger LOG = Logs.of(HeapMaker.class);

  /** One for each thread that can run at a time: what the JIT learns, it learns from these. */
  private static final int MOST_FILLED = Runtime.getRuntime().availableProcessors();

  private final AtomicInteger filled = new AtomicInteger();
  private final Parts parts;
  private final LocalHeap.SlowPath slow;
  private final FreePath frees;

  public HeapMaker(Parts parts, LocalHeap.SlowPath slow, FreePath frees) {
    this.parts = parts;
    this.slow = slow;
    this.frees = frees;
  }

  /** A heap without bins, whose every operation is slow. */
  public LocalHeap nobody() {
    return new LocalHeap(
        null,
        slow,
        (heap, address) -> parts.directory().lookup(address),
        frees,
        Integer.MAX_VALUE,
        parts.newInterval());
  }

  /** The heap of a thread, or one that several threads share. */
  public LocalHeap heapOf(@Nullable Thread thread) {
    HeapMade event = Events.heapMade();
    LocalHeap heap =
        new LocalHeap(
            thread, slow, parts.directory(), frees, parts.mostEmptied(), parts.newInterval());
    try {
      Map<Long, Bin> bins = bins(heap);
      heap.route(Route.over(bins.values()), Route.above(bins.values()));
      if (thread != null && filled.getAndIncrement() < MOST_FILLED) {
        prefill(heap, bins.values());
      }
      if (event != null) {
        event.finish(thread == null);
      }
    } catch (Throwable brokenOff) {
      heap.abandon();
      throw brokenOff;
    }
    return heap;
  }

  private Map<Long, Bin> bins(LocalHeap heap) {
    Map<Long, Bin> bins = new TreeMap<>();
    for (ComposedBox box : parts.boxes()) {
      for (int sizeClass = 0; sizeClass < box.blockSizes().size(); sizeClass++) {
        long bytes = box.blockSizes().get(sizeClass);
        if (box.served().contains(bytes)) {
          bins.put(bytes, newBin(box, heap, sizeClass, bytes));
        }
      }
    }
    return bins;
  }

  private static Bin newBin(ComposedBox box, LocalHeap heap, int sizeClass, long bytes) {
    @Nullable Bin bin = newBin(box, heap, sizeClass);
    if (bin == null || bin.blockBytes() != bytes || bin.hasFreeBlocks()) {
      throw new BoxFailedException(
          "box "
              + box.name()
              + ": newBin() for class "
              + sizeClass
              + " of "
              + bytes
              + " B returned "
              + (bin == null
                  ? "null"
                  : "a bin of "
                      + bin.blockBytes()
                      + " B"
                      + (bin.hasFreeBlocks() ? " that has blocks" : "")));
    }
    return bin;
  }

  private static @Nullable Bin newBin(ComposedBox box, LocalHeap heap, int sizeClass) {
    try {
      return box.box().newBin(heap, sizeClass);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(box.name(), "newBin()", thrown);
    }
  }

  private static void refill(LocalHeap heap, Bin bin) {
    try {
      bin.handler().refill(heap, bin);
    } catch (Throwable thrown) {
      throw BoxCalls.failure(bin.handler().name(), "refill()", thrown);
    }
  }

  /**
   * Until a branch is taken for the first time, the JIT leaves its target out. A heap that starts
   * with full bins lets it compile loops that allocate without any call, and keep their variables
   * in registers.
   */
  private void prefill(LocalHeap heap, Collection<Bin> bins) {
    Set<String> broken = new HashSet<>();
    try {
      for (Bin bin : bins) {
        String box = bin.handler().name();
        if (bin.blockBytes() <= parts.prefillBytes() && !broken.contains(box)) {
          prefill(heap, bin, broken);
        }
      }
    } catch (OutOfNativeMemoryException refused) {
      LOG.debug("a heap starts without blocks: {}", refused.getMessage());
    }
  }

  /** A box that fails here serves no block of the class; who asks for one hears of it. */
  private static void prefill(LocalHeap heap, Bin bin, Set<String> brokenBoxes) {
    try {
      refill(heap, bin);
      bin.turnToNext(); // So that not even the turn to the first page is in the loop.
    } catch (BoxFailedException broken) {
      brokenBoxes.add(bin.handler().name());
      LOG.warn("a heap starts without blocks of {} B: {}", bin.blockBytes(), broken.getMessage());
    }
  }
}
