package io.hakmem.bench.saved;

import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a result that other results may have too.
 *
 * @param name what it is of; the same in results that can be compared
 * @param unit of the value; figures of different units are different figures
 * @param low the lower end of its 95 % interval, or null where none is known
 * @param high the upper end, or null
 */
record Figure(String name, String unit, double value, @Nullable Double low, @Nullable Double high) {

  static final String MOPS = "M operations/s";
  static final String TIMES = "times";

  /** Two results of fewer rounds each are not told apart. */
  static final int LEAST_ROUNDS = DecisionRule.OF_ONE.roundsNeeded();

  /** A figure of which only the value is known. */
  static Figure of(String name, String unit, double value) {
    return new Figure(name, unit, value, null, null);
  }

  /** A ratio and its interval; none of too few rounds for a verdict. */
  static Figure of(String name, Estimate ratio, int rounds) {
    if (rounds < LEAST_ROUNDS) {
      return of(name, TIMES, ratio.median());
    }
    return new Figure(name, TIMES, ratio.median(), ratio.low(), ratio.high());
  }

  /** A median and the interval that its runs give; none of too few for a verdict. */
  static Figure of(String name, double median, List<Double> runs) {
    if (runs.size() < LEAST_ROUNDS) {
      return of(name, MOPS, median);
    }
    Estimate own = Estimate.of(runs.stream().mapToDouble(Double::doubleValue).toArray());
    return new Figure(name, MOPS, median, own.low(), own.high());
  }

  /** What it is called where all units stand together. */
  String key() {
    return name + ", " + unit;
  }

  /** Whether the intervals of both are known and have no value in common. */
  boolean differsFrom(Figure other) {
    return low != null
        && high != null
        && other.low != null
        && other.high != null
        && (low > other.high || high < other.low);
  }
}
