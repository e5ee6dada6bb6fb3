package io.hakmem.bench.tune;

import com.fasterxml.jackson.annotation.JsonValue;
import io.hakmem.bench.tune.Scores.Ratios;
import java.util.Locale;

/** In what a configuration can be better than the base. */
public enum Gain {
  /** Operations in a second. */
  FASTER,
  /** Resident bytes. */
  LEANER;

  /** Above 1 where the configuration is better. */
  double ratio(Ratios ratios) {
    return switch (this) {
      case FASTER -> ratios.speed();
      case LEANER -> ratios.leanness();
    };
  }

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
