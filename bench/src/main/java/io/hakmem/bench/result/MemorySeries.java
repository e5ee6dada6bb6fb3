package io.hakmem.bench.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a run of any length. Where they become too many, each second one goes, so that what is
 * left is evenly spread. Threads may share it.
 */
public final class MemorySeries {

  private final int most;
  private final List<MemorySample> samples = new ArrayList<>();
  private @Nullable MemorySample last;
  private long added;
  private int step = 1;

  /** No samples yet, and never more than so many and the last. */
  public MemorySeries(int most) {
    this.most = most;
  }

  /** Adds a sample, which is later than those before. */
  public synchronized void add(MemorySample sample) {
    last = sample;
    if (added % step == 0) {
      samples.add(sample);
    }
    added++;
    if (samples.size() > most) {
      List<MemorySample> all = List.copyOf(samples);
      samples.clear();
      for (int at = 0; at < all.size(); at += 2) {
        samples.add(all.get(at));
      }
      step *= 2;
    }
  }

  /** Forgets all samples. */
  public synchronized void clear() {
    samples.clear();
    last = null;
    added = 0;
    step = 1;
  }

  /** Those that are left, the first and the last among them. */
  public synchronized List<MemorySample> samples() {
    List<MemorySample> all = new ArrayList<>(samples);
    if (last != null && !samples.getLast().equals(last)) {
      all.add(last);
    }
    return all;
  }
}
