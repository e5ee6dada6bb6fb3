package io.hakmem.bench.micro;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How often and how long to measure; null leaves it to the benchmark.
 *
 * @param forks JVMs one after the other; 0 measures in this one
 * @param warmup iterations that do not count
 * @param iterations iterations that count
 * @param timeMs length of each iteration
 */
public record Effort(
    @Nullable Integer forks,
    @Nullable Integer warmup,
    @Nullable Integer iterations,
    @Nullable Integer timeMs) {

  /** Shows whether a benchmark runs and of what order its figure is, no more. */
  public static final Effort QUICK = new Effort(1, 1, 2, 200);

  /** This one, with the other's figures where it has none. */
  public Effort orElse(Effort other) {
    return new Effort(
        forks == null ? other.forks : forks,
        warmup == null ? other.warmup : warmup,
        iterations == null ? other.iterations : iterations,
        timeMs == null ? other.timeMs : timeMs);
  }

  void addTo(ChainedOptionsBuilder options) {
    if (forks != null) {
      options.forks(forks);
    }
    if (warmup != null) {
      options.warmupIterations(warmup);
    }
    if (iterations != null) {
      options.measurementIterations(iterations);
    }
    if (timeMs != null) {
      options.warmupTime(TimeValue.milliseconds(timeMs));
      options.measurementTime(TimeValue.milliseconds(timeMs));
    }
  }
}
