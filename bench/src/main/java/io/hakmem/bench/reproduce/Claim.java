package io.hakmem.bench.reproduce;

import io.hakmem.bench.verdict.Verdict;
import java.util.Locale;

/** What the original concluded of a configuration against its baseline. */
public enum Claim {
  /** It is faster. */
  FASTER("faster"),
  /** It is slower. */
  SLOWER("slower"),
  /** It makes no difference. */
  SAME("no difference"),
  /** It costs nothing, which it may do by being faster. */
  FREE("costs nothing"),
  /** Nothing: there is no figure. */
  NONE("no figure");

  /** Below this many percent the original's own runs differ. */
  private static final double LEAST_PERCENT = 1;

  private final String label;

  Claim(String label) {
    this.label = label;
  }

  /** The claim that a change of throughput makes. */
  static Claim of(double percent) {
    if (Math.abs(percent) < LEAST_PERCENT) {
      return SAME;
    }
    return percent > 0 ? FASTER : SLOWER;
  }

  /** Whether the claim holds by a verdict, in one sentence. */
  String conclusion(Verdict verdict, double ratio) {
    if (verdict == Verdict.VOID || verdict == Verdict.TOO_FEW) {
      return "Nothing follows: " + verdict.meaning() + ".";
    }
    String here = String.format(Locale.ROOT, "%s (%+.1f %%)", outcome(verdict), (ratio - 1) * 100);
    if (this == NONE) {
      return "The original has no figure; here: " + here + ".";
    }
    if (isMet(verdict)) {
      return "The original's conclusion holds here: " + here + ".";
    }
    return "The original's conclusion (" + label + ") " + failure(verdict) + ": " + here + ".";
  }

  /** A difference that drowns in noise is not shown to be absent. */
  private String failure(Verdict verdict) {
    if (isReversed(verdict)) {
      return "is reversed here";
    }
    return verdict == Verdict.NEUTRAL ? "does not show here" : "does not hold here";
  }

  private boolean isMet(Verdict verdict) {
    return switch (this) {
      case FASTER -> verdict == Verdict.GO;
      case SLOWER -> verdict == Verdict.NO_GO;
      case SAME -> verdict == Verdict.NEUTRAL;
      case FREE -> verdict != Verdict.NO_GO;
      case NONE -> false;
    };
  }

  private boolean isReversed(Verdict verdict) {
    return (this == FASTER && verdict == Verdict.NO_GO)
        || (this == SLOWER && verdict == Verdict.GO);
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict) {
      case GO -> FASTER.label;
      case NO_GO -> SLOWER.label;
      case NEUTRAL, TOO_FEW, VOID -> "no difference beyond the noise";
    };
  }
}
