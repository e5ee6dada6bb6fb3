package io.hakmem.pool.v2;

import io.hakmem.spi.LocalHeap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What heaps have of this box. Any thread may call it. */
final class HeapParts {

  private final Map<LocalHeap, HeapPart> parts = new ConcurrentHashMap<>();
  private final LongAdder noThread = new LongAdder();

  /** What ended threads counted; guarded by the monitor, like the last number. */
  private final Counts ended = new Counts();

  private int lastNumber;

  /** That of the calling thread's heap, made if need be. */
  HeapPart of(LocalHeap heap) {
    HeapPart part = parts.get(heap);
    return part == null ? make(heap) : part;
  }

  private synchronized HeapPart make(LocalHeap heap) {
    forgetEnded();
    HeapPart part = new HeapPart(heap, ++lastNumber);
    parts.put(heap, part);
    return part;
  }

  /** Its pages are adopted by another heap; nobody calls the part any more. */
  private void forgetEnded() {
    parts.values().removeIf(this::tookOver);
  }

  private boolean tookOver(HeapPart part) {
    boolean over = part.isEnded();
    if (over) {
      ended.add(part.counts);
    }
    return over;
  }

  /** That of a heap, or null if the box serves it nothing. */
  @Nullable HeapPart find(LocalHeap heap) {
    return parts.get(heap);
  }

  void countNoThread() {
    noThread.increment();
  }

  /** How many bins the next box made, since their heap has no thread. */
  long noThread() {
    return noThread.sum();
  }

  /** All that was counted; approximate while threads run. */
  synchronized Counts sum() {
    Counts sum = new Counts();
    sum.add(ended);
    parts.values().forEach(part -> sum.add(part.counts));
    return sum;
  }
}
