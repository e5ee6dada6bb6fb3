package io.hakmem.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /** Notes a round that does not count, and why. */
  public void drop(int round, Side side, String reason) {
    dropped.add("round " + round + ", " + side + ": " + reason);
  }

  /** The rounds that count. */
  public int rounds() {
    return rounds.size();
  }

  /** The rounds that do not, with their reasons. */
  public List<String> dropped() {
    return List.copyOf(dropped);
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

  Verdict verdict() {
    return voidReason() == null
        ? Verdict.of(ratio(Side.B, STEADY), ratio(Side.CONTROL, STEADY))
        : Verdict.VOID;
  }

  boolean isSame() {
    return a.isSameAs(b);
  }

  /** The counters of the last fork of a side. */
  JsonNode counters(Side side) {
    return report(rounds.getLast(), side).path("counters");
  }

  /** Why the forks do not show that the configurations ran, or null when they do. */
  @Nullable String voidReason() {
    if (looksSame() && !isSame()) {
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
    if (report.path("counters").isEmpty()) {
      return "a fork of " + side + " reports no counters";
    }
    String missing = configuration(side).missingIn(report.path("composition").asText());
    return missing == null ? null : "a fork of " + side + " did not run with " + missing;
  }

  private boolean looksSame() {
    JsonNode ofA = report(rounds.getLast(), Side.A);
    return ofA.path("composition").equals(report(rounds.getLast(), Side.B).path("composition"))
        && counters(Side.A).equals(counters(Side.B));
  }
}
