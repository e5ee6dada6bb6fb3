package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Round;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.verdict.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Ratios of configurations to the base, round by round: over all traces, their geometric mean. */
final class Scores {

  private final Objective objective;
  private final List<Map<String, Ratios>> rounds = new ArrayList<>();

  /** Of one round; above 1 is better than the base. */
  record Ratios(double speed, double leanness) {}

  /** What one process measures. */
  record Row(String name, Configuration configuration, int trace) {}

  Scores(Objective objective) {
    this.objective = objective;
  }

  /** Adds a round; what failed in it has no ratio. */
  void add(String base, List<String> names, int traces, Round<Row> round) {
    Map<String, Ratios> ratios = new LinkedHashMap<>();
    for (String name : names) {
      double speed = ratio(name, base, traces, round, Report::steadyMops);
      double leanness = ratio(base, name, traces, round, Report::peakResidentBytes);
      if (Double.isFinite(speed) && Double.isFinite(leanness)) {
        ratios.put(name, new Ratios(speed, leanness));
      }
    }
    add(ratios);
  }

  /** Adds the ratios of a round, by the names of the configurations. */
  void add(Map<String, Ratios> ratios) {
    rounds.add(Map.copyOf(ratios));
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
    return of(name).size();
  }

  /** The rounds that have ratios of a configuration. */
  private List<Ratios> of(String name) {
    return rounds.stream().map(round -> round.get(name)).filter(Objects::nonNull).toList();
  }

  /** The rounds that have ratios of both. */
  int rounds(String name, String other) {
    return (int)
        rounds.stream().filter(each -> each.containsKey(name) && each.containsKey(other)).count();
  }

  /** The ratios of a configuration in the rounds that have ratios of another one, too. */
  double[] ratios(String name, String other, ToDoubleFunction<Ratios> figure) {
    return rounds.stream()
        .filter(each -> each.containsKey(name) && each.containsKey(other))
        .mapToDouble(each -> figure.applyAsDouble(each.get(name)))
        .toArray();
  }

  /** Needs a round. */
  Estimate estimate(String name, ToDoubleFunction<Ratios> figure) {
    return Estimate.of(values(name, figure));
  }

  /** The same without the interval. */
  double median(String name, ToDoubleFunction<Ratios> figure) {
    return Estimate.median(values(name, figure));
  }

  /** Those of all rounds that have ratios of it. */
  double[] values(String name, ToDoubleFunction<Ratios> figure) {
    return of(name).stream().mapToDouble(figure).toArray();
  }

  /** The median by the objective; what never ran is worst. */
  double median(String name) {
    return rounds(name) == 0 ? 0 : median(name, objective::rank);
  }

  /** Whether one is both faster and leaner than another, by their medians. */
  boolean isBeyond(String one, String other) {
    return isAbove(one, other, Ratios::speed) && isAbove(one, other, Ratios::leanness);
  }

  private boolean isAbove(String one, String other, ToDoubleFunction<Ratios> figure) {
    return median(one, figure) > median(other, figure);
  }
}
