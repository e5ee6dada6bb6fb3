package io.hakmem.bench.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.ComparisonResult.Measured;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a sweep.
 *
 * @param workload what was run
 * @param gates the names of the gates
 * @param rounds how many were asked for
 * @param points one for each combination of values, the one that all are compared with first
 * @param control the first once more: what differs from it is noise
 */
public record SweepResult(
    String workload, List<String> gates, int rounds, List<Point> points, Measured control) {

  /**
   * A combination of values.
   *
   * @param values of the gates, in their order
   * @param rounds the rounds that count; dropped ones do not
   * @param verdict against the first point; null of the first point itself
   * @param reason why the verdict is void, or null
   */
  public record Point(
      List<String> values,
      Measured measured,
      int rounds,
      @Nullable Verdict verdict,
      @Nullable String reason) {

    /** The values as words. */
    public String label() {
      return String.join(", ", values);
    }
  }

  /** The comparisons of every other combination with the first one. */
  static SweepResult of(
      String workload,
      List<String> gates,
      int rounds,
      List<List<String>> combinations,
      List<Comparison> comparisons) {
    List<Point> points = new ArrayList<>();
    Measured control = null;
    for (int i = 0; i < comparisons.size(); i++) {
      ComparisonResult result = ComparisonResult.of(workload, comparisons.get(i));
      if (i == 0) {
        control = result.control();
        points.add(new Point(combinations.getFirst(), result.a(), result.rounds(), null, null));
      }
      points.add(
          new Point(
              combinations.get(i + 1),
              result.b(),
              result.rounds(),
              result.verdict(),
              result.voidReason()));
    }
    if (control == null) {
      throw new IllegalArgumentException("one combination alone is no sweep");
    }
    return new SweepResult(workload, gates, rounds, points, control);
  }

  /** The rounds of each value with which a verdict is possible. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int roundsNeeded() {
    return rule(points.size()).roundsNeeded();
  }

  /** The rule for so many points, of which all others are compared with the first. */
  static DecisionRule rule(int points) {
    return DecisionRule.ofComparisons(points - 1);
  }

  private int fewest() {
    return points.stream().mapToInt(Point::rounds).min().orElse(0);
  }

  /** What it comes to, in one sentence. */
  public String sentence() {
    if (points.stream().anyMatch(point -> point.verdict == Verdict.TOO_FEW)) {
      return "There are %s.".formatted(DecisionRule.tooFew(fewest(), roundsNeeded()));
    }
    List<String> faster = labels(Verdict.GO);
    List<String> slower = labels(Verdict.NO_GO);
    List<String> unsure = labels(Verdict.VOID);
    String first = points.getFirst().label();
    String what = String.join(", ", gates);
    String sentence =
        faster.isEmpty() && slower.isEmpty()
            ? "No value of %s differs from %s beyond the noise".formatted(what, first)
            : "Of the values of %s, compared with %s, %s"
                .formatted(
                    what,
                    first,
                    String.join(" and ", parts(faster, "is faster", slower, "is slower")));
    return sentence
        + (unsure.isEmpty() ? "." : "; nothing follows of " + String.join("; ", unsure) + ".");
  }

  private static List<String> parts(
      List<String> faster, String isFaster, List<String> slower, String isSlower) {
    List<String> parts = new ArrayList<>();
    if (!faster.isEmpty()) {
      parts.add(String.join("; ", faster) + " " + isFaster);
    }
    if (!slower.isEmpty()) {
      parts.add(String.join("; ", slower) + " " + isSlower);
    }
    return parts;
  }

  private List<String> labels(Verdict verdict) {
    return points.stream().filter(point -> point.verdict == verdict).map(Point::label).toList();
  }
}
