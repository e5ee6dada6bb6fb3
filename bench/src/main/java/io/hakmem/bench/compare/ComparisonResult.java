package io.hakmem.bench.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of a comparison.
 *
 * @param workload what was run
 * @param rounds the rounds that count
 * @param dropped the others, with their reasons
 * @param sameConfiguration whether A and B set the same
 * @param voidReason why the forks do not show that A and B ran, or null
 */
public record ComparisonResult(
    String workload,
    String jdk,
    int cpus,
    String jvmOptions,
    int rounds,
    List<String> dropped,
    Measured a,
    Measured b,
    Measured control,
    boolean sameConfiguration,
    @JsonProperty("void") @JsonInclude(Include.ALWAYS) @Nullable String voidReason,
    Verdict coldVerdict,
    Verdict verdict) {

  /**
   * The medians of a side, its ratios to A unless it is A, and the counters of its last fork.
   *
   * @param configuration as it was given
   * @param coldRunsMops the first round of each fork, in M operations/s; empty in older results
   * @param steadyRunsMops the steady state of each fork
   */
  public record Measured(
      String configuration,
      double coldMops,
      double steadyMops,
      @JsonUnwrapped(prefix = "cold_") @Nullable Estimate cold,
      @JsonUnwrapped(prefix = "steady_") @Nullable Estimate steady,
      List<Double> coldRunsMops,
      List<Double> steadyRunsMops,
      SortedMap<String, Long> counters) {

    /** A has no ratios, in a result that was opened again neither. */
    public Measured {
      cold = Estimate.known(cold);
      steady = Estimate.known(steady);
    }

    /** The steady state divided by that of A; not of A itself. */
    public Estimate ratio() {
      return Objects.requireNonNull(steady, "A is not divided by itself");
    }
  }

  /** The rounds with which a verdict is possible. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int roundsNeeded() {
    return DecisionRule.OF_ONE.roundsNeeded();
  }

  /** The result of a comparison that has at least one round. */
  public static ComparisonResult of(String workload, Comparison comparison) {
    return new ComparisonResult(
        workload,
        Runtime.version().toString(),
        Runtime.getRuntime().availableProcessors(),
        Machine.jvmOptionsOfForks(),
        comparison.rounds(),
        comparison.dropped(),
        measured(comparison, Side.A),
        measured(comparison, Side.B),
        measured(comparison, Side.CONTROL),
        comparison.isSame(),
        comparison.voidReason(),
        comparison.coldVerdict(),
        comparison.verdict());
  }

  private static Measured measured(Comparison comparison, Side side) {
    Samples<Side> samples = comparison.samples();
    return new Measured(
        comparison.configuration(side).text(),
        rounded(samples.median(side, Report::coldMops)),
        rounded(samples.median(side, Report::steadyMops)),
        ratio(samples, side, Report::coldMops),
        ratio(samples, side, Report::steadyMops),
        runs(samples, side, Report::coldMops),
        runs(samples, side, Report::steadyMops),
        comparison.last(side).counters());
  }

  private static List<Double> runs(
      Samples<Side> samples, Side side, ToDoubleFunction<Report> figure) {
    return samples.of(side).stream().map(report -> rounded(figure.applyAsDouble(report))).toList();
  }

  private static @Nullable Estimate ratio(
      Samples<Side> samples, Side side, ToDoubleFunction<Report> figure) {
    if (side == Side.A) {
      return null;
    }
    Estimate exact = samples.ratio(side, Side.A, figure);
    return new Estimate(rounded(exact.median()), rounded(exact.low()), rounded(exact.high()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
