package io.hakmem.bench.tune;

import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which finalist to recommend, if any, by rounds that measured each of them, the base, and the base
 * once more as the control. Noise has a chance with each finalist in each figure.
 *
 * @param objective what is to be better
 * @param rule whether a finalist is better in a figure
 * @param scores the rounds
 * @param control the name of the base that is measured once more
 */
record Decision(Objective objective, DecisionRule rule, Scores scores, String control) {

  /** A difference below this is not worth a setting. */
  static final double LEAST_GAIN = 0.01;

  /** A decision about so many finalists. */
  static Decision of(Objective objective, int finalists, Scores scores, String control) {
    return new Decision(objective, rule(objective, finalists), scores, control);
  }

  private static DecisionRule rule(Objective objective, int finalists) {
    return new DecisionRule(Math.max(1, finalists * objective.gains().size()), LEAST_GAIN);
  }

  /** The fewest rounds that can tell one of so many finalists from noise, if it wins them all. */
  static int roundsNeeded(Objective objective, int finalists) {
    return rule(objective, finalists).roundsNeeded();
  }

  /** The rounds of a finalist with which it can be recommended. */
  int needed() {
    return rule.roundsNeeded();
  }

  /** The best of those that are better than the base; none where none is. */
  Optional<String> recommended(List<String> finalists) {
    return finalists.stream()
        .filter(this::isBetter)
        .max(Comparator.comparingDouble((String name) -> scores.median(name)));
  }

  /** What the rounds come to if nothing is recommended. */
  Verdict otherwise(List<String> finalists) {
    return finalists.stream().anyMatch(each -> scores.rounds(each, control) >= needed())
        ? Verdict.NEUTRAL
        : Verdict.TOO_FEW;
  }

  private boolean isBetter(String name) {
    return !gains(name).isEmpty() && objective.gains().stream().noneMatch(g -> isLost(name, g));
  }

  /** In what a finalist is better than the base, of what was asked for. */
  List<Gain> gains(String name) {
    return objective.gains().stream().filter(gain -> isHad(name, gain)).toList();
  }

  private boolean isHad(String name, Gain gain) {
    return rule.isAbove(
        scores.ratios(name, control, gain::ratio), scores.ratios(control, name, gain::ratio));
  }

  /** Also where the rounds are too few to be sure: who takes the advice relies on it. */
  private boolean isLost(String name, Gain gain) {
    return 1 - scores.median(name, gain::ratio) > rule.noise(scores.values(control, gain::ratio));
  }
}
