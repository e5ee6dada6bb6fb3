package io.hakmem.bench.tune;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a search makes better. Both ratios are above 1 where a configuration is better than A. */
public enum Objective {
  /** Operations in a second. */
  SPEED,
  /** The memory that is resident at most. */
  MEMORY,
  /** The geometric mean of both. */
  BOTH;

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

  double of(double speed, double leanness) {
    return switch (this) {
      case SPEED -> speed;
      case MEMORY -> leanness;
      case BOTH -> Math.sqrt(speed * leanness);
    };
  }

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
