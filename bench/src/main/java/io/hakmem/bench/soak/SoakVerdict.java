package io.hakmem.bench.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether memory stayed as it was: the median of the slopes between all pairs of samples (Theil and
 * Sen), which a few outliers do not move, over the time of the run. The first quarter of it, in
 * which the JVM compiles, does not count.
 *
 * @param growthBytes by which resident memory grew along the slope
 * @param limitBytes which it may grow: 1/50 of the most that was resident, but not less than 8 MiB
 */
public record SoakVerdict(long growthBytes, long limitBytes, boolean isFlat) {

  static final int FEWEST_SAMPLES = 12;

  private static final long LEAST_LIMIT_BYTES = 8 << 20;
  private static final int LIMIT_PART = 50;
  private static final double MOST_RETAINED = 0.05;

  /** What a burst left behind. */
  public record Burst(long bytes, long beforeBytes, long peakBytes, long afterBytes) {

    /** The part of the burst that is resident after it. */
    public double retained() {
      return (double) (afterBytes - beforeBytes) / bytes;
    }

    /** Whether that is little enough. */
    public boolean isGivenBack() {
      return retained() <= MOST_RETAINED;
    }
  }

  /** The verdict on samples in the order of time. */
  public static SoakVerdict of(List<SoakSample> samples) {
    List<SoakSample> settled = samples.subList(samples.size() / 4, samples.size());
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < settled.size(); i++) {
      for (int j = i + 1; j < settled.size(); j++) {
        SoakSample a = settled.get(i);
        SoakSample b = settled.get(j);
        slopes.add((b.residentBytes() - a.residentBytes()) / (b.seconds() - a.seconds()));
      }
    }
    slopes.sort(null);
    double slope = slopes.get(slopes.size() / 2);
    long growth = Math.round(slope * (settled.getLast().seconds() - settled.getFirst().seconds()));
    long most = settled.stream().mapToLong(SoakSample::residentBytes).max().orElseThrow();
    long limit = Math.max(LEAST_LIMIT_BYTES, most / LIMIT_PART);
    return new SoakVerdict(growth, limit, growth <= limit);
  }
}
