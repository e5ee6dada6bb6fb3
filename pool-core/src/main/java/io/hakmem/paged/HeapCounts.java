package io.hakmem.paged;

import io.hakmem.heap.LocalHeap;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts of a box, kept by heap so that counting takes no atomic step; what ended threads counted
 * stays in the sums. Any thread may ask for sums, which are approximate while threads run.
 *
 * @param <E> what is counted
 */
public final class HeapCounts<E extends Enum<E>> {

  private final E[] kinds;
  private final long[] endedCounts;
  private final PerHeap<long[]> counts;

  /** Nothing counted yet. */
  public HeapCounts(Class<E> kinds) {
    this.kinds = kinds.getEnumConstants();
    this.endedCounts = new long[this.kinds.length];
    this.counts = new PerHeap<>(long[].class, heap -> new long[this.kinds.length], this::keep);
  }

  private void keep(long[] ended) {
    addTo(endedCounts, ended);
  }

  /**
   * Makes the place for a heap's counts, so that to count makes no object and throws nothing: to be
   * called before the heap has a block of the box.
   */
  public void prepare(LocalHeap heap) {
    counts.of(heap);
  }

  /** One more; the heap's thread only. It may throw an Error unless the heap was prepared. */
  public void count(LocalHeap heap, E kind) {
    long[] known = counts.find(heap);
    if (known == null) {
      countSlow(heap, kind);
    } else {
      known[indexOf(kind)]++;
    }
  }

  private void countSlow(LocalHeap heap, E kind) {
    counts.of(heap)[indexOf(kind)]++;
  }

  /** One less, where what was counted did not happen; the heap's thread only. */
  public void uncount(LocalHeap heap, E kind) {
    long[] known = counts.find(heap);
    if (known != null) {
      known[indexOf(kind)]--;
    }
  }

  /** The sum of each kind over all heaps. */
  public Map<E, Long> sums() {
    long[] sums = new long[kinds.length];
    counts.forEach(each -> addTo(sums, each));
    addTo(sums, endedCounts);
    Map<E, Long> byKind = new EnumMap<>(kinds[0].getDeclaringClass());
    for (E kind : kinds) {
      byKind.put(kind, sums[indexOf(kind)]);
    }
    return byKind;
  }

  @SuppressWarnings("EnumOrdinal") // The index of an array, so that counting is an increment.
  private static <E extends Enum<E>> int indexOf(E kind) {
    return kind.ordinal();
  }

  private static void addTo(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }
}
