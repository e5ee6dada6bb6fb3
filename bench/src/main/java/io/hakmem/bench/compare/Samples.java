package io.hakmem.bench.compare;

import io.hakmem.bench.result.Report;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The reports of rounds by row, and what they come to. */
public final class Samples<K> {

  private final List<Map<K, Report>> rounds = new ArrayList<>();

  /** Adds the reports of a round. */
  public void add(Map<K, Report> reports) {
    rounds.add(new LinkedHashMap<>(reports));
  }

  /** How many rounds there are. */
  public int rounds() {
    return rounds.size();
  }

  /** The reports of a row, round by round. */
  public List<Report> of(K row) {
    return rounds.stream().map(round -> round.get(row)).filter(Objects::nonNull).toList();
  }

  /** The median of a row that has reports. */
  public double median(K row, ToDoubleFunction<Report> figure) {
    return Estimate.median(of(row).stream().mapToDouble(figure).toArray());
  }

  /** One row divided by another, round by round: what slows one process may slow the next. */
  public Estimate ratio(K above, K below, ToDoubleFunction<Report> figure) {
    return Estimate.of(ratios(above, below, figure));
  }

  private double[] ratios(K above, K below, ToDoubleFunction<Report> figure) {
    List<Report> dividends = of(above);
    List<Report> divisors = of(below);
    double[] ratios = new double[divisors.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(dividends.get(i)) / figure.applyAsDouble(divisors.get(i));
    }
    return ratios;
  }

  /** Judges a row by its ratios to A, against those of A measured again. */
  public Verdict verdict(
      DecisionRule rule, K row, K a, K control, ToDoubleFunction<Report> figure) {
    return rule.verdict(ratios(row, a, figure), ratios(control, a, figure));
  }
}
