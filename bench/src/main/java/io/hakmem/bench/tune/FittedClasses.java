package io.hakmem.bench.tune;

import io.hakmem.bench.trace.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Block sizes for the requests of traces: the sizes that they ask for, of which neighbours are
 * joined until there are few, each time those that waste least by it. The powers of two stay, so
 * that a size that no trace has wastes at most half.
 */
public final class FittedClasses {

  private static final int STEP = 16;
  private static final int LARGEST = 512 << 10;

  /** More sizes are not compared with each other: they are rounded up first. */
  private static final int MOST_SIZES = 1024;

  /** To so many steps a doubling, or to {@link #STEP}. */
  private static final int STEPS_A_DOUBLING = 16;

  /** How often each size is asked for, in multiples of {@link #STEP}. */
  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  /** Counts what a trace asks for. */
  public void add(Events events) {
    for (int i = 0; i < events.size(); i++) {
      int bytes = events.bytes(i);
      if (bytes > 0 && bytes <= LARGEST) {
        counts.merge(up(bytes, STEP), 1L, Long::sum);
      }
    }
  }

  private static int up(int bytes, int step) {
    return (bytes + step - 1) / step * step;
  }

  private static int rounded(int bytes) {
    return up(bytes, Math.max(STEP, Integer.highestOneBit(bytes) / STEPS_A_DOUBLING));
  }

  /**
   * The sizes as a gate takes them.
   *
   * @param most how many there are, beside the powers of two
   */
  public String text(int most) {
    SortedSet<Integer> sizes = new TreeSet<>(joined(most));
    for (int power = STEP; power <= LARGEST; power *= 2) {
      sizes.add(power);
    }
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private List<Integer> joined(int most) {
    SortedMap<Integer, Long> compared = counts.size() > MOST_SIZES ? rounded() : counts;
    List<Integer> sizes = new ArrayList<>(compared.keySet());
    List<Long> requests = new ArrayList<>(compared.values());
    while (sizes.size() > most) {
      int cheapest = 0;
      for (int i = 1; i < sizes.size() - 1; i++) {
        cheapest = waste(i, sizes, requests) < waste(cheapest, sizes, requests) ? i : cheapest;
      }
      requests.set(cheapest + 1, requests.get(cheapest) + requests.get(cheapest + 1));
      requests.subList(cheapest, cheapest + 1).clear();
      sizes.subList(cheapest, cheapest + 1).clear();
    }
    return sizes;
  }

  private SortedMap<Integer, Long> rounded() {
    SortedMap<Integer, Long> rounded = new TreeMap<>();
    counts.forEach((bytes, requests) -> rounded.merge(rounded(bytes), requests, Long::sum));
    return rounded;
  }

  /** The bytes that are wasted if requests of a size get blocks of the next one. */
  private static long waste(int index, List<Integer> sizes, List<Long> requests) {
    return requests.get(index) * (sizes.get(index + 1) - sizes.get(index));
  }

  /** The gates of a composition with these sizes. */
  Map<String, String> gates(int most) {
    return Map.of("HAKMEM_POOL_CLASSES", text(most));
  }
}
