package io.hakmem.bench.tune;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a search came to.
 *
 * @param base what all is compared with
 * @param candidates how many configurations there were
 * @param looked how many of them ran
 * @param search what they came to on the part of the traces that was searched on, the best first
 * @param heldBack what those that were left came to on the part that was held back
 * @param noise the base beside itself there
 * @param roundsNeeded the rounds there with which a verdict is possible
 * @param recommended the configuration to use: the base where none is better beyond the noise
 * @param verdict GO if something is better than the base
 * @param gains in what it is better beyond the noise; none in results of before there was this
 * @param settings gates and values for {@code HAKMEM_CONFIG}
 */
public record TuneResult(
    Objective objective,
    String base,
    int candidates,
    int looked,
    List<Line> search,
    List<Line> heldBack,
    Line noise,
    int roundsNeeded,
    String recommended,
    Verdict verdict,
    List<Gain> gains,
    Map<String, String> settings) {

  /** Results of before have no gains. */
  public TuneResult {
    gains = Objects.requireNonNullElse(gains, List.of());
  }

  /**
   * A configuration beside the base.
   *
   * @param speed operations in a second, divided by those of the base
   * @param leanness resident bytes of the base, divided by those of this
   * @param isFront whether no other is both faster and leaner
   */
  public record Line(
      String configuration, int rounds, Estimate speed, Estimate leanness, boolean isFront) {

    String text() {
      return "speed " + text(speed) + ", leanness " + text(leanness);
    }

    /** A ratio with its interval; one round has none. */
    String text(Estimate ratio) {
      return rounds < 2
          ? String.format(Locale.ROOT, "%.3f", ratio.median())
          : String.format(
              Locale.ROOT, "%.3f (%.3f-%.3f)", ratio.median(), ratio.low(), ratio.high());
    }
  }

  /** What to do, in one sentence. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public String conclusion() {
    if (looked == 0) {
      return "None of %d candidates ran: keep %s, or search longer with --budget."
          .formatted(candidates, base);
    }
    return switch (verdict) {
      case GO ->
          "%s is %s than %s beyond the noise%s: %s."
              .formatted(recommended, better(), base, restOfObjective(), best().text());
      case TOO_FEW ->
          "There are %s: keep %s, or search longer with --budget."
              .formatted(DecisionRule.tooFew(noise.rounds(), roundsNeeded), base);
      default ->
          "Nothing is better than %s by the objective %s beyond the noise: keep it."
              .formatted(base, objective);
    };
  }

  private String better() {
    return gains.isEmpty()
        ? "better"
        : gains.stream().map(Gain::toString).collect(Collectors.joining(" and "));
  }

  /** A gain that was asked for and is not had is named: who reads "better" would expect it. */
  private String restOfObjective() {
    return objective.gains().stream()
        .filter(gain -> !gains.isEmpty() && !gains.contains(gain))
        .map(", and not %s beyond it"::formatted)
        .collect(Collectors.joining());
  }

  private Line best() {
    return heldBack.stream()
        .filter(line -> line.configuration().equals(recommended))
        .findFirst()
        .orElse(noise);
  }
}
