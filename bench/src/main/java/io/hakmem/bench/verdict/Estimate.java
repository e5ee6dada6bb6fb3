package io.hakmem.bench.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;
import org.jspecify.annotations.Nullable;

/**
 * A median of ratios and how far it can be trusted.
 *
 * @param median of the ratios
 * @param low lower end of the 95 % percentile bootstrap interval of the median
 * @param high its upper end
 */
public record Estimate(
    @JsonProperty("ratio") double median,
    @JsonProperty("ratio_low") double low,
    @JsonProperty("ratio_high") double high) {

  /** Of fewer values an interval says nothing, and is not shown. */
  public static final int LEAST_VALUES = 3;

  private static final int RESAMPLES = 10_000;
  private static final long SEED = 25;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  /** Estimates from at least one ratio; the same ratios give the same estimate. */
  public static Estimate of(double[] ratios) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] medians = new double[RESAMPLES];
    double[] sample = new double[ratios.length];
    for (int i = 0; i < medians.length; i++) {
      for (int k = 0; k < sample.length; k++) {
        sample[k] = ratios[random.nextInt(ratios.length)];
      }
      medians[i] = median(sample);
    }
    double[] ends = Quantile.withDefaults().evaluate(medians, LOW, HIGH);
    return new Estimate(median(ratios), ends[0], ends[1]);
  }

  /** The median of at least one value. */
  public static double median(double[] values) {
    return Median.withDefaults().withCopy(true).evaluate(values);
  }

  /** What is read of fields that are not there is 0 in each of its parts: that is none. */
  public static @Nullable Estimate known(@Nullable Estimate read) {
    return read == null || read.median == 0 ? null : read;
  }

  /** How far from 1 noise alone comes, when this is the control's. */
  public double spread() {
    return Math.max((high - low) / 2, Math.abs(median - 1));
  }
}
