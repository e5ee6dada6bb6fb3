package io.hakmem.bench.tune;

import com.fasterxml.jackson.annotation.JsonValue;
import io.hakmem.bench.tune.Scores.Ratios;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a search makes better. The ratios are above 1 where a configuration is better. */
public enum Objective {
  /** Operations in a second; memory may grow. */
  SPEED,
  /** The memory that is resident at most; speed may fall. */
  MEMORY,
  /** One of the two, while the other is not worse beyond the noise. */
  BOTH;

  /** What a loss in one weighs against a gain in the other while the noise is not known. */
  private static final int WEIGHT_OF_LOSS = 3;

  /** Finds an objective by its name. */
  public static Objective of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "objective=" + name + " is not one of " + String.join(", ", names())));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(Objective::toString).toList();
  }

  /** What is asked for: one of them must be had, and none lost. */
  List<Gain> gains() {
    return switch (this) {
      case SPEED -> List.of(Gain.FASTER);
      case MEMORY -> List.of(Gain.LEANER);
      case BOTH -> List.of(Gain.FASTER, Gain.LEANER);
    };
  }

  /** Orders configurations, the best highest; it decides nothing. */
  double rank(Ratios ratios) {
    double rank = 1;
    for (Gain gain : gains()) {
      double ratio = gain.ratio(ratios);
      rank *= ratio < 1 && this == BOTH ? Math.pow(ratio, WEIGHT_OF_LOSS) : ratio;
    }
    return rank;
  }

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
