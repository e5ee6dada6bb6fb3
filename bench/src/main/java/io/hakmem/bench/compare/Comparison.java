package io.hakmem.bench.compare;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The rounds of two configurations, each with its control, and what they come to. */
public final class Comparison {

  private final Configuration a;
  private final Configuration b;
  private final DecisionRule rule;
  private final Samples<Side> samples = new Samples<>();
  private final List<String> dropped = new ArrayList<>();

  /** Alone, without rounds yet. */
  public Comparison(Configuration a, Configuration b) {
    this(a, b, DecisionRule.OF_ONE);
  }

  /** One that is judged by a rule for all that it stands beside. */
  public Comparison(Configuration a, Configuration b, DecisionRule rule) {
    this.a = a;
    this.b = b;
    this.rule = rule;
  }

  /** The configuration that a side measures. */
  public Configuration configuration(Side side) {
    return side == Side.B ? b : a;
  }

  /** Adds a round: the report of a fork of each side. */
  public void add(Map<Side, Report> reports) {
    samples.add(reports);
  }

  /** Notes a round that does not count, and which fork says why. */
  public void drop(int round, String reason) {
    dropped.add("round " + round + ", " + reason);
  }

  /** The rounds that count. */
  public int rounds() {
    return samples.rounds();
  }

  /** The rounds that do not, with their reasons. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }

  /**
   * Checks that a round counts.
   *
   * @throws CommandFailure if none does
   */
  public void checkRounds() {
    if (rounds() == 0) {
      throw new CommandFailure(
          "none of %d rounds is left; dropped: %s"
              .formatted(dropped.size(), dropped.isEmpty() ? "none" : dropped.getLast()));
    }
  }

  /** The counters of the last fork of a side that show what ran, in one line. */
  public String evidence(Side side) {
    return configuration(side).isPeer()
        ? last(side).setup().composition()
        : Evidence.line(configuration(side), last(side));
  }

  /** What the steady state comes to. */
  public Verdict verdict() {
    return verdict(Report::steadyMops);
  }

  /** What the first round of each fork comes to. */
  public Verdict coldVerdict() {
    return verdict(Report::coldMops);
  }

  private Verdict verdict(ToDoubleFunction<Report> figure) {
    if (voidReason() != null) {
      return Verdict.VOID;
    }
    return samples.verdict(rule, Side.B, Side.A, Side.CONTROL, figure);
  }

  /** The ratio of B to A in the steady state. */
  public Estimate steadyRatio() {
    return samples.ratio(Side.B, Side.A, Report::steadyMops);
  }

  /** The same of the first rounds. */
  public Estimate coldRatio() {
    return samples.ratio(Side.B, Side.A, Report::coldMops);
  }

  Samples<Side> samples() {
    return samples;
  }

  boolean isSame() {
    return a.isSameAs(b);
  }

  /** The report of the last fork of a side. */
  public Report last(Side side) {
    return samples.of(side).getLast();
  }

  /** Why the forks do not show that the configurations ran, or null when they do. */
  public @Nullable String voidReason() {
    if (a.isOfBuildOf(b) && looksSame() && !isSame() && Objects.equals(a.beside(), b.beside())) {
      return "A and B set different gates, but their compositions and counters are identical";
    }
    for (int round = 0; round < rounds(); round++) {
      for (Side side : Side.values()) {
        String reason = voidReason(side, samples.of(side).get(round));
        if (reason != null) {
          return reason;
        }
      }
    }
    return null;
  }

  private @Nullable String voidReason(Side side, Report report) {
    Configuration configuration = configuration(side);
    if (configuration.isPeer()) {
      return null;
    }
    if (report.counters().isEmpty()) {
      return "a fork of " + side + " reports no counters";
    }
    Report.Composed composed = report.composed();
    if (composed == null) {
      return "a fork of " + side + " does not say what it was composed of";
    }
    Optional<String> missing = configuration.missingIn(composed.composition());
    if (missing.isPresent()) {
      return "a fork of " + side + " did not run with " + missing.orElseThrow();
    }
    if (!Objects.equals(beside(report), configuration.beside())) {
      return "a fork of " + side + " did not run beside " + configuration.beside();
    }
    String contradiction =
        Evidence.contradiction(configuration, side == Side.B ? a : b, report, composed);
    return contradiction == null ? null : "a fork of " + side + ": " + contradiction;
  }

  private static @Nullable String beside(Report report) {
    return report.neighbour() == null ? null : report.neighbour().profile();
  }

  private boolean looksSame() {
    Report ofA = last(Side.A);
    Report ofB = last(Side.B);
    return Objects.equals(ofA.setup().composition(), ofB.setup().composition())
        && ofA.counters().equals(ofB.counters());
  }
}
