package io.hakmem.bench.turns;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import io.hakmem.bench.workload.Census;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What turns come to.
 *
 * @param workload the load's name in the catalogue
 * @param machine where and when, by the names of other reports
 * @param sides A, B, the control, then the peers
 * @param absent the peers that could not run, each with the reason
 * @param ratio the median of the ratios B/A, round by round
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 * @param control the same of A, loaded once more, to A
 * @param controlLow the lower end of its interval
 * @param controlHigh the upper end
 * @param sameConfiguration whether A and B are one build with the same gates
 * @param voidReason why the verdict is void, or null
 * @param verdict how it ends
 */
public record TurnsReport(
    String workload,
    int threads,
    TurnPlan plan,
    Machine machine,
    List<Row> sides,
    Map<String, String> absent,
    double ratio,
    double low,
    double high,
    double control,
    double controlLow,
    double controlHigh,
    boolean sameConfiguration,
    @JsonProperty("void") @JsonInclude(Include.ALWAYS) @Nullable String voidReason,
    Verdict verdict) {

  /**
   * One side.
   *
   * @param configuration as it was given, or how a peer is called
   * @param modules the folder that its allocator comes from; null for the running build, commits
   *     and peers
   * @param commit that its allocator was built from; null for others
   * @param mops the median of its turns, in millions of operations a second
   * @param ratio the median of the ratios to A, round by round
   * @param turnsMops each turn
   * @param loadRounds how often the load ran, in the warm-up too
   */
  public record Row(
      String name,
      String configuration,
      @Nullable String modules,
      @Nullable String commit,
      double mops,
      double ratio,
      double low,
      double high,
      List<Double> turnsMops,
      long loadRounds,
      SideFacts facts) {

    private static Row of(Ended side, Series a) {
      Series turns = side.turns();
      Estimate ratio = Estimate.of(turns.ratiosTo(a));
      AllocatorBuild build = turns.build();
      return new Row(
          turns.name(),
          turns.meaning(),
          build == null ? null : build.modules(),
          build == null ? null : build.commit(),
          rounded(turns.median()),
          rounded(ratio.median()),
          rounded(ratio.low()),
          rounded(ratio.high()),
          turns.mops().stream().map(TurnsReport::rounded).toList(),
          turns.loadRounds(),
          side.facts());
    }

    /** The configuration and the build, in words. */
    public String label() {
      String build = AllocatorBuild.name(modules, commit);
      return Configuration.label(configuration) + (build.isEmpty() ? "" : ", " + build);
    }
  }

  /** The rounds with which a verdict is possible. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int roundsNeeded() {
    return DecisionRule.OF_ONE.roundsNeeded();
  }

  /** A side whose turns are over. */
  private record Ended(Series turns, SideFacts facts) {

    /** Why it is not shown to have run, or null when it is. */
    private @Nullable String contradiction(Census round) {
      if (turns.build() == null) {
        return null;
      }
      String reason = facts.contradiction(round, turns.loadRounds());
      return reason == null ? null : turns.name() + " " + reason;
    }
  }

  /** A, B and the control come first. */
  static TurnsReport of(
      String workload,
      int threads,
      TurnPlan plan,
      Machine machine,
      Census round,
      List<Series> sides,
      Map<String, String> absent)
      throws IOException {
    List<Ended> ended = new ArrayList<>();
    for (Series side : sides) {
      ended.add(new Ended(side, side.facts()));
    }
    Ended a = ended.getFirst();
    Ended b = ended.get(1);
    double[] ratios = b.turns().ratiosTo(a.turns());
    double[] controls = ended.get(2).turns().ratiosTo(a.turns());
    Estimate ratio = Estimate.of(ratios);
    Estimate control = Estimate.of(controls);
    String voidReason = voidReason(ended, round);
    return new TurnsReport(
        workload,
        threads,
        plan,
        machine,
        ended.stream().map(side -> Row.of(side, a.turns())).toList(),
        new LinkedHashMap<>(absent),
        rounded(ratio.median()),
        rounded(ratio.low()),
        rounded(ratio.high()),
        rounded(control.median()),
        rounded(control.low()),
        rounded(control.high()),
        isSame(a, b),
        voidReason,
        voidReason == null ? DecisionRule.OF_ONE.verdict(ratios, controls) : Verdict.VOID);
  }

  private static @Nullable String voidReason(List<Ended> sides, Census round) {
    Ended a = sides.getFirst();
    Ended b = sides.get(1);
    if (isOneBuild(a, b)
        && !a.facts().hasGatesOf(b.facts())
        && a.facts().composition().equals(b.facts().composition())) {
      return "A and B set different gates, but their compositions are identical";
    }
    return sides.stream()
        .map(side -> side.contradiction(round))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static boolean isSame(Ended a, Ended b) {
    return isOneBuild(a, b) && a.facts().hasGatesOf(b.facts());
  }

  private static boolean isOneBuild(Ended a, Ended b) {
    return build(a).isSameAs(build(b));
  }

  private static AllocatorBuild build(Ended side) {
    return Objects.requireNonNull(side.turns().build(), "a peer is neither A nor B");
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
