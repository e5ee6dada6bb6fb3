package io.hakmem.bench.footprint;

import org.jspecify.annotations.Nullable;

/** What HAKMEM is held to in a row, in the unit of the row. */
public record Bound(Kind kind, double value) {

  /** What the value is compared with. */
  public enum Kind {
    /** The figure is not greater. */
    AT_MOST,
    /** The figure is not less, or there is none, since nothing was refused. */
    AT_LEAST,
    /** The figure is not greater than so many times that of {@code malloc}. */
    TIMES_MALLOC
  }

  static Bound atMost(double value) {
    return new Bound(Kind.AT_MOST, value);
  }

  static Bound atLeast(double value) {
    return new Bound(Kind.AT_LEAST, value);
  }

  static Bound timesMalloc(double value) {
    return new Bound(Kind.TIMES_MALLOC, value);
  }

  /** Whether a figure keeps it; null where {@code malloc} has none to compare with. */
  @Nullable Boolean isHeld(@Nullable Double figure, @Nullable Double malloc) {
    return switch (kind) {
      case AT_MOST -> figure != null && figure <= value;
      case AT_LEAST -> figure == null || figure >= value;
      case TIMES_MALLOC -> malloc == null ? null : figure != null && figure <= value * malloc;
    };
  }
}
