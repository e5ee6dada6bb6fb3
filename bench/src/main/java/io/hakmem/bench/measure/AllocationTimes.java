package io.hakmem.bench.measure;

import io.hakmem.bench.peer.Blocks;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/** The times of the allocations of all threads, each of which notes its own. */
final class AllocationTimes {

  private static final int DIGITS = 2;
  private static final double TAIL = 99.9;

  private final Queue<Histogram> all = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Histogram> own = ThreadLocal.withInitial(this::histogram);

  private Histogram histogram() {
    Histogram histogram = new Histogram(DIGITS);
    all.add(histogram);
    return histogram;
  }

  /** Times what the calling thread allocates. */
  Blocks timed(Blocks inner) {
    return new TimedBlocks(inner, own.get());
  }

  /** Forgets everything; nothing may be running. */
  void forget() {
    all.forEach(Histogram::reset);
  }

  /** What 99.9 % of the allocations do not exceed. */
  long tailNs() {
    return sum().getValueAtPercentile(TAIL);
  }

  /** The longest. */
  long maxNs() {
    return sum().getMaxValue();
  }

  private Histogram sum() {
    Histogram sum = new Histogram(DIGITS);
    all.forEach(sum::add);
    return sum;
  }
}
