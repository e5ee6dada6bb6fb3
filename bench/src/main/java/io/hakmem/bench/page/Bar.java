package io.hakmem.bench.page;

import org.jspecify.annotations.Nullable;

/**
 * A bar of a chart.
 *
 * @param value in the unit of the chart; finite
 * @param low the lower end of the interval around the value, or null where none is known
 * @param high the upper end, or null
 * @param note what else a tooltip says; may be empty
 */
public record Bar(
    String name,
    Family family,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    String note) {

  /** A bar without an interval and without a note. */
  public static Bar of(String name, Family family, double value) {
    return new Bar(name, family, value, null, null, "");
  }
}
