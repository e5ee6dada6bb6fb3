package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Estimate;
import io.hakmem.bench.compare.Round;
import io.hakmem.bench.result.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Ratios of configurations to the base, round by round: over all traces, their geometric mean. */
final class Scores {

  private final Objective objective;
  private final Map<String, List<Ratios>> rounds = new LinkedHashMap<>();

  /** Of one round; above 1 is better than the base. */
  private record Ratios(double speed, double leanness) {}

  /** What one process measures. */
  record Row(String name, Configuration configuration, int trace) {}

  Scores(Objective objective) {
    this.objective = objective;
  }

  /** Adds a round; what failed in it has no ratio. */
  void add(String base, List<String> names, int traces, Round<Row> round) {
    for (String name : names) {
      double speed = ratio(name, base, traces, round, Report::steadyMops);
      double leanness = ratio(base, name, traces, round, Report::peakResidentBytes);
      if (Double.isFinite(speed) && Double.isFinite(leanness)) {
        rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Ratios(speed, leanness));
      }
    }
  }

  private static double ratio(
      String above, String below, int traces, Round<Row> round, ToDoubleFunction<Report> figure) {
    double logarithms = 0;
    for (int trace = 0; trace < traces; trace++) {
      logarithms +=
          Math.log(figure(above, trace, round, figure) / figure(below, trace, round, figure));
    }
    return Math.exp(logarithms / traces);
  }

  private static double figure(
      String name, int trace, Round<Row> round, ToDoubleFunction<Report> figure) {
    return round.reports().entrySet().stream()
        .filter(e -> e.getKey().name().equals(name) && e.getKey().trace() == trace)
        .mapToDouble(e -> figure.applyAsDouble(e.getValue()))
        .findFirst()
        .orElse(Double.NaN);
  }

  int rounds(String name) {
    return rounds.getOrDefault(name, List.of()).size();
  }

  /** By the objective; needs a round. */
  Estimate estimate(String name) {
    return of(name, round -> objective.of(round.speed, round.leanness));
  }

  Estimate speed(String name) {
    return of(name, Ratios::speed);
  }

  Estimate leanness(String name) {
    return of(name, Ratios::leanness);
  }

  private Estimate of(String name, ToDoubleFunction<Ratios> figure) {
    return Estimate.of(values(name, figure));
  }

  private double[] values(String name, ToDoubleFunction<Ratios> figure) {
    return rounds.getOrDefault(name, List.of()).stream().mapToDouble(figure).toArray();
  }

  /** The median by the objective; what never ran is worst. */
  double median(String name) {
    return rounds(name) == 0
        ? 0
        : Estimate.median(values(name, round -> objective.of(round.speed, round.leanness)));
  }

  /** Whether one is both faster and leaner than another, by their medians. */
  boolean isBeyond(String one, String other) {
    return isAbove(one, other, Ratios::speed) && isAbove(one, other, Ratios::leanness);
  }

  private boolean isAbove(String one, String other, ToDoubleFunction<Ratios> figure) {
    return Estimate.median(values(one, figure)) > Estimate.median(values(other, figure));
  }
}
