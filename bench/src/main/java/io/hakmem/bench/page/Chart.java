package io.hakmem.bench.page;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a chart of a page shows, as data. */
public sealed interface Chart {

  /** What it is of. */
  String title();

  /** The unit of its values. */
  String unit();

  /** The name of the kind in the data of a page. */
  String kind();

  /** What the colours mean. */
  Map<Family, String> legend();

  /**
   * Horizontal bars from zero on, the first on top.
   *
   * @param logarithmic whether the axis is; all values must be above 0 then
   * @param marks lines across all bars
   */
  record Bars(
      String title,
      String unit,
      boolean logarithmic,
      List<Bar> bars,
      List<Mark> marks,
      Map<Family, String> legend)
      implements Chart {

    /** Copies what it is given. */
    public Bars {
      bars = List.copyOf(bars);
      marks = List.copyOf(marks);
    }

    /** Bars in their order, with colours that mean their families. */
    public Bars(String title, String unit, boolean logarithmic, List<Bar> bars, List<Mark> marks) {
      this(title, unit, logarithmic, bars, marks, families(bars.stream().map(Bar::family)));
    }

    /** Bars by their values, the largest on top. */
    public static Bars sorted(String title, String unit, List<Bar> bars, List<Mark> marks) {
      return new Bars(title, unit, false, byValue(bars), marks);
    }

    /** Bars by their values, the smallest on top: for values of which less is better. */
    public static Bars smallestFirst(String title, String unit, List<Bar> bars, List<Mark> marks) {
      return new Bars(title, unit, false, byValue(bars).reversed(), marks);
    }

    /** Bars by their values, the largest on top, on a logarithmic axis if they are far apart. */
    public static Bars ofAnySize(String title, String unit, List<Bar> bars) {
      double least = bars.stream().mapToDouble(Bar::value).min().orElse(0);
      double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
      boolean farApart = least > 0 && most / least > FAR_APART;
      return new Bars(title, unit, farApart, byValue(bars), List.of());
    }

    private static final double FAR_APART = 100;

    private static List<Bar> byValue(List<Bar> bars) {
      return bars.stream().sorted(Comparator.comparingDouble(Bar::value).reversed()).toList();
    }

    @Override
    public String kind() {
      return "bars";
    }
  }

  /**
   * Lines over a horizontal axis of numbers.
   *
   * @param across what the horizontal axis is, with its unit
   */
  record Lines(String title, String across, String unit, List<Line> lines, List<Mark> marks)
      implements Chart {

    /** Copies what it is given. */
    public Lines {
      lines = List.copyOf(lines);
      marks = List.copyOf(marks);
    }

    @Override
    public String kind() {
      return "lines";
    }

    @Override
    public Map<Family, String> legend() {
      return families(lines.stream().map(Line::family));
    }
  }

  private static Map<Family, String> families(Stream<Family> families) {
    Map<Family, String> legend = new EnumMap<>(Family.class);
    families.forEach(family -> legend.put(family, family.label()));
    return legend;
  }
}
