package io.hakmem.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.fork.CommandFailure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rounds of two configurations, each with its control, and what they come to. */
public final class Comparison {

  /** With fewer rounds an interval says nothing. */
  public static final int LEAST_ROUNDS = 3;

  static final String COLD = "cold_mops";
  static final String STEADY = "steady_mops";

  private final Configuration a;
  private final Configuration b;
  private final List<Map<Side, JsonNode>> rounds = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();

  /** Without rounds yet. */
  public Comparison(Configuration a, Configuration b) {
    this.a = a;
    this.b = b;
  }

  /** The configuration that a side measures. */
  public Configuration configuration(Side side) {
    return side == Side.B ? b : a;
  }

  /** Adds a round: the report of a fork of each side. */
  public void add(Map<Side, JsonNode> reports) {
    rounds.add(new EnumMap<>(reports));
  }

  /** Notes a round that does not count, and which fork says why. */
  public void drop(int round, String reason) {
    dropped.add("round " + round + ", " + reason);
  }

  /** The rounds that count. */
  public int rounds() {
    return rounds.size();
  }

  /** The rounds that do not, with their reasons. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }

  /**
   * Checks that enough rounds count.
   *
   * @throws CommandFailure if too few do
   */
  public void checkRounds() {
    if (rounds() < LEAST_ROUNDS) {
      throw new CommandFailure(
          "%d of %d rounds are left, at least %d are needed; dropped: %s"
              .formatted(
                  rounds(),
                  rounds() + dropped.size(),
                  LEAST_ROUNDS,
                  dropped.isEmpty() ? "none" : dropped.getLast()));
    }
  }

  double median(Side side, String field) {
    return Estimate.median(rounds.stream().mapToDouble(r -> value(r, side, field)).toArray());
  }

  /** The ratio to A, round by round. */
  Estimate ratio(Side side, String field) {
    return Estimate.of(
        rounds.stream()
            .mapToDouble(round -> value(round, side, field) / value(round, Side.A, field))
            .toArray());
  }

  /** The counters of the last fork of a side that show what ran, in one line. */
  public String evidence(Side side) {
    return configuration(side).isPeer()
        ? last(side).path("composition").asText()
        : Evidence.line(configuration(side), last(side));
  }

  private static double value(Map<Side, JsonNode> round, Side side, String field) {
    return report(round, side).path(field).asDouble(Double.NaN);
  }

  private static JsonNode report(Map<Side, JsonNode> round, Side side) {
    JsonNode report = round.get(side);
    if (report == null) {
      throw new IllegalStateException("a round without " + side);
    }
    return report;
  }

  /** What the steady state comes to. */
  public Verdict verdict() {
    return verdict(STEADY);
  }

  /** What the first round of each fork comes to. */
  public Verdict coldVerdict() {
    return verdict(COLD);
  }

  private Verdict verdict(String field) {
    return voidReason() == null
        ? Verdict.of(ratio(Side.B, field), ratio(Side.CONTROL, field))
        : Verdict.VOID;
  }

  /** The median of the ratios B/A in the steady state. */
  public double steadyRatio() {
    return ratio(Side.B, STEADY).median();
  }

  /** The same of the first rounds. */
  public double coldRatio() {
    return ratio(Side.B, COLD).median();
  }

  boolean isSame() {
    return a.isSameAs(b);
  }

  /** The counters of the last fork of a side. */
  JsonNode counters(Side side) {
    return last(side).path("counters");
  }

  /** The report of the last fork of a side. */
  public JsonNode last(Side side) {
    return report(rounds.getLast(), side);
  }

  /** Why the forks do not show that the configurations ran, or null when they do. */
  public @Nullable String voidReason() {
    if (looksSame() && !isSame() && Objects.equals(a.beside(), b.beside())) {
      return "A and B set different gates, but their compositions and counters are identical";
    }
    for (Map<Side, JsonNode> round : rounds) {
      for (Side side : Side.values()) {
        String reason = voidReason(side, report(round, side));
        if (reason != null) {
          return reason;
        }
      }
    }
    return null;
  }

  private @Nullable String voidReason(Side side, JsonNode report) {
    Configuration configuration = configuration(side);
    if (configuration.isPeer()) {
      return null;
    }
    if (report.path("counters").isEmpty()) {
      return "a fork of " + side + " reports no counters";
    }
    String missing = configuration.missingIn(report.path("composition").asText());
    if (missing != null) {
      return "a fork of " + side + " did not run with " + missing;
    }
    if (!report.path("beside").asText("").equals(Objects.toString(configuration.beside(), ""))) {
      return "a fork of " + side + " did not run beside " + configuration.beside();
    }
    String contradiction = Evidence.contradiction(configuration, report);
    return contradiction == null ? null : "a fork of " + side + ": " + contradiction;
  }

  private boolean looksSame() {
    JsonNode ofA = report(rounds.getLast(), Side.A);
    return ofA.path("composition").equals(report(rounds.getLast(), Side.B).path("composition"))
        && counters(Side.A).equals(counters(Side.B));
  }
}
