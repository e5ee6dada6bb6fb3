package io.hakmem.bench.verdict;

import java.util.Locale;

/**
 * The one rule by which rounds come to a verdict. Each round measures A, what is judged, and A once
 * more as the control.
 *
 * <p>What is judged is better if it won more rounds than noise alone explains, the interval of its
 * ratio to A leaves out 1, and the median of that ratio is further above 1 than the control comes.
 * It wins a round if it is the best of three: better than A and than the control. Where all three
 * are alike it does so in one round of three, so of {@code n} rounds noise wins {@code k} or more
 * as a binomial distribution says. The more is asked, the more chances noise has: the bound is for
 * all of them together. Few rounds cannot reach it, and are too few for a verdict.
 *
 * @param chances how often noise is asked
 * @param leastDifference a difference up to this is none
 */
public record DecisionRule(int chances, double leastDifference) {

  /** How often, at most, noise passes for a difference. */
  public static final double MOST_WRONG = 0.01;

  /** How often the best of three alike is a certain one of them. */
  private static final double BEST_OF_THREE = 1.0 / 3;

  /** The rule for one comparison. */
  public static final DecisionRule OF_ONE = ofComparisons(1);

  /** The rule for so many comparisons with one A, each of which may be better or worse. */
  public static DecisionRule ofComparisons(int comparisons) {
    return new DecisionRule(2 * Math.max(1, comparisons), 0);
  }

  /** The fewest rounds that can tell a difference from noise, if each of them shows it. */
  public int roundsNeeded() {
    int rounds = 1;
    while (isLuck(rounds, rounds)) {
      rounds++;
    }
    return rounds;
  }

  /** How many rounds there are, and how many a verdict needs. */
  public static String tooFew(int rounds, int needed) {
    return String.format(
        Locale.ROOT, "too few rounds for a verdict, %d of at least %d", rounds, needed);
  }

  /**
   * Judges rounds.
   *
   * @param ratios what is judged divided by A, round by round
   * @param control A measured once more divided by A, in the same rounds
   */
  public Verdict verdict(double[] ratios, double[] control) {
    if (ratios.length < roundsNeeded()) {
      return Verdict.TOO_FEW;
    }
    if (isAbove(ratios, control)) {
      return Verdict.GO;
    }
    return isBelow(ratios, control) ? Verdict.NO_GO : Verdict.NEUTRAL;
  }

  /** Whether it is above A beyond the noise; false where the rounds are too few. */
  public boolean isAbove(double[] ratios, double[] control) {
    int wins = 0;
    for (int i = 0; i < ratios.length; i++) {
      wins += ratios[i] > Math.max(1, control[i]) ? 1 : 0;
    }
    if (isLuck(wins, ratios.length)) {
      return false;
    }
    Estimate ratio = Estimate.of(ratios);
    return ratio.low() > 1 && ratio.median() - 1 > noise(control);
  }

  private boolean isBelow(double[] ratios, double[] control) {
    int losses = 0;
    for (int i = 0; i < ratios.length; i++) {
      losses += ratios[i] < Math.min(1, control[i]) ? 1 : 0;
    }
    if (isLuck(losses, ratios.length)) {
      return false;
    }
    Estimate ratio = Estimate.of(ratios);
    return ratio.high() < 1 && 1 - ratio.median() > noise(control);
  }

  /** How far from 1 a median may be by noise alone. */
  public double noise(double[] control) {
    return Math.max(leastDifference, Estimate.of(control).spread());
  }

  /** Whether noise wins so many of the rounds too often. */
  private boolean isLuck(int wins, int rounds) {
    double probability = 0;
    double ofExactly = Math.pow(1 - BEST_OF_THREE, rounds);
    for (int won = 0; won <= rounds; won++) {
      probability += won < wins ? 0 : ofExactly;
      ofExactly *= (rounds - won) / (won + 1.0) * BEST_OF_THREE / (1 - BEST_OF_THREE);
    }
    return chances * probability > MOST_WRONG;
  }
}
