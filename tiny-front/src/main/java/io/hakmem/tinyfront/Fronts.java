package io.hakmem.tinyfront;

import io.hakmem.spi.LocalHeap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The fronts of all heaps. Of an ended thread only the counts are kept. */
final class Fronts {

  private final Map<LocalHeap, Front> fronts = new ConcurrentHashMap<>();

  /** Guarded by this. */
  private final Front ended = new Front();

  /** The front of a heap, made when it is first asked for; the heap's thread only. */
  Front of(LocalHeap heap) {
    Front known = fronts.get(heap);
    return known == null ? make(heap) : known;
  }

  private synchronized Front make(LocalHeap heap) {
    fronts.forEach(this::forgetIfEnded);
    Front made = new Front();
    fronts.put(heap, made);
    return made;
  }

  private void forgetIfEnded(LocalHeap heap, Front front) {
    Thread thread = heap.thread();
    if (thread != null && !thread.isAlive() && fronts.remove(heap, front)) {
      ended.addCounts(front);
    }
  }

  /** All counts; approximate while threads run. Any thread may call it. */
  synchronized Front sum() {
    Front sum = new Front();
    sum.addCounts(ended);
    fronts.values().forEach(sum::addCounts);
    return sum;
  }
}
