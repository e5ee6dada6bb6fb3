package io.hakmem.bench.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a chart.
 *
 * @param points in the order of their places
 */
public record Line(String name, Family family, List<Point> points) {

  /**
   * A point.
   *
   * @param x its place, in the unit of the chart's horizontal axis
   * @param y its value
   * @param low the lower end of the interval around the value, or null where none is known
   * @param high the upper end, or null
   */
  public record Point(double x, double y, @Nullable Double low, @Nullable Double high) {

    /** A point without an interval. */
    public static Point of(double x, double y) {
      return new Point(x, y, null, null);
    }
  }
}
