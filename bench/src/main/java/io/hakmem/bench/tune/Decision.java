package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Verdict;
import io.hakmem.bench.tune.Scores.Ratios;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Which finalist to recommend, if any, by rounds that measured each of them, the base, and the base
 * once more as the control.
 *
 * <p>A finalist is better in a figure if it won more rounds than noise alone explains, and its
 * median is further above 1 than the control comes. It wins a round if it is the best of three:
 * better than the base and than the control. Where all three are alike it does so in one round of
 * three, so of {@code n} rounds noise wins {@code k} or more as a binomial distribution says. The
 * more finalists and figures there are, the more chances noise has: the bound is for all of them
 * together. Few rounds cannot reach it, and are too few for a verdict.
 *
 * @param objective what is to be better
 * @param needed the rounds of a finalist with which it can be recommended
 * @param chances how often noise is asked: each finalist in each figure
 * @param scores the rounds
 * @param control the name of the base that is measured once more
 */
record Decision(Objective objective, int needed, int chances, Scores scores, String control) {

  /** How often, at most, a search recommends something that is no better. */
  static final double MOST_WRONG = 0.01;

  /** A difference below this is not worth a setting. */
  static final double LEAST_GAIN = 0.01;

  /** How often the best of three alike is a certain one of them. */
  private static final double BEST_OF_THREE = 1.0 / 3;

  /** A decision about so many finalists. */
  static Decision of(Objective objective, int finalists, Scores scores, String control) {
    int chances = chances(objective, finalists);
    return new Decision(objective, roundsNeeded(objective, finalists), chances, scores, control);
  }

  private static int chances(Objective objective, int finalists) {
    return Math.max(1, finalists * objective.figures().size());
  }

  /** The fewest rounds that can tell one of so many finalists from noise, if it wins them all. */
  static int roundsNeeded(Objective objective, int finalists) {
    int rounds = 1;
    while (isLuck(rounds, rounds, chances(objective, finalists))) {
      rounds++;
    }
    return rounds;
  }

  /** Whether noise wins so many of the rounds too often. */
  private static boolean isLuck(int wins, int rounds, int chances) {
    double probability = 0;
    double ofExactly = Math.pow(1 - BEST_OF_THREE, rounds);
    for (int won = 0; won <= rounds; won++) {
      probability += won < wins ? 0 : ofExactly;
      ofExactly *= (rounds - won) / (won + 1.0) * BEST_OF_THREE / (1 - BEST_OF_THREE);
    }
    return chances * probability > MOST_WRONG;
  }

  /** The best of those that are better than the base; none where none is. */
  Optional<String> recommended(List<String> finalists) {
    return finalists.stream()
        .filter(this::isBetter)
        .max(Comparator.comparingDouble((String name) -> scores.median(name)));
  }

  /** What the rounds come to if nothing is recommended. */
  Verdict otherwise(List<String> finalists) {
    return finalists.stream().anyMatch(each -> scores.rounds(each, control) >= needed)
        ? Verdict.NEUTRAL
        : Verdict.TOO_FEW;
  }

  private boolean isBetter(String name) {
    return objective.figures().stream().anyMatch(figure -> isBetter(name, figure))
        && objective.figures().stream().noneMatch(figure -> isWorse(name, figure));
  }

  private boolean isBetter(String name, ToDoubleFunction<Ratios> figure) {
    int rounds = scores.rounds(name, control);
    int wins = scores.wins(name, control, figure);
    return rounds >= needed
        && !isLuck(wins, rounds, chances)
        && scores.median(name, figure) - 1 > noise(figure);
  }

  /** Also where the rounds are too few to be sure: who takes the advice relies on it. */
  private boolean isWorse(String name, ToDoubleFunction<Ratios> figure) {
    return 1 - scores.median(name, figure) > noise(figure);
  }

  private double noise(ToDoubleFunction<Ratios> figure) {
    return Math.max(LEAST_GAIN, scores.estimate(control, figure).spread());
  }
}
