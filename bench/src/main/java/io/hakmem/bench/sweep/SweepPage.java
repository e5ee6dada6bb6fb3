package io.hakmem.bench.sweep;

import io.hakmem.bench.compare.ComparisonResult.Measured;
import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Line;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.report.ComparisonPage;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.sweep.SweepResult.Point;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sweep for terminals, as a page and as comma-separated values. */
public final class SweepPage {

  private static final String MOPS = "M operations/s";
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private final SweepResult result;

  /** Of a sweep that is over, or that was opened again. */
  public SweepPage(SweepResult result) {
    this.result = result;
  }

  /** Prints a line for each point, and what they come to. */
  public void print(PrintWriter out) {
    out.println(result.workload() + " (M ops/s)");
    table("  ", "%-" + width() + "s").print(result.points(), out);
    out.println("  " + result.sentence());
  }

  private int width() {
    return result.points().stream().mapToInt(point -> point.label().length()).max().orElse(0)
        + result.gates().stream().mapToInt(String::length).sum();
  }

  private Table<Point> table(String indent, String first) {
    return Table.of(
        indent,
        List.of(
            Column.text(first, String.join(", ", result.gates()), Point::label),
            Column.figure("%9s", "cold", 2, point -> point.measured().coldMops()),
            Column.barred("%9s", "steady", 2, point -> point.measured().steadyMops()),
            Column.number("%9s", "to first", point -> ratio(point.measured())),
            Column.text(" %-16s", "95 % interval", point -> interval(point.measured())),
            Column.text("%s", "verdict", SweepPage::verdict)));
  }

  private static String verdict(Point point) {
    return point.verdict() == null ? "" : point.verdict().toString();
  }

  private static String ratio(Measured measured) {
    return measured.steady() == null ? "" : Table.decimals(3, measured.steady().median());
  }

  private static String interval(Measured measured) {
    Estimate ratio = measured.steady();
    return ratio == null
        ? ""
        : Table.decimals(3, ratio.low()) + " to " + Table.decimals(3, ratio.high());
  }

  /** A line for each point, with each of its rounds; the first line names the columns. */
  public String csv() {
    StringBuilder csv = new StringBuilder(String.join(",", result.gates()));
    csv.append(",cold_mops,steady_mops,ratio,ratio_low,ratio_high,verdict");
    int runs = result.points().stream().mapToInt(p -> runs(p).size()).max().orElse(0);
    for (int i = 1; i <= runs; i++) {
      csv.append(",steady_mops_of_round_").append(i);
    }
    csv.append('\n');
    for (Point point : result.points()) {
      List<String> cells = new ArrayList<>(point.values());
      cells.add(Double.toString(point.measured().coldMops()));
      cells.add(Double.toString(point.measured().steadyMops()));
      Estimate ratio = point.measured().steady();
      cells.add(ratio == null ? "" : Double.toString(ratio.median()));
      cells.add(ratio == null ? "" : Double.toString(ratio.low()));
      cells.add(ratio == null ? "" : Double.toString(ratio.high()));
      cells.add(verdict(point));
      for (int i = 0; i < runs; i++) {
        cells.add(i < runs(point).size() ? runs(point).get(i).toString() : "");
      }
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString();
  }

  private static List<Double> runs(Point point) {
    return point.measured().steadyRunsMops();
  }

  /** The page. */
  public String page(Provenance from) {
    String gates = String.join(" and ", result.gates());
    HtmlPage page =
        new HtmlPage(
            "Values of " + gates + ": " + result.workload(),
            new Conclusion(tone(), result.sentence()));
    page.section("Speed by value");
    page.chart(isNumeric() ? lines() : bars());
    page.section("Against " + result.points().getFirst().label());
    page.chart(changes());
    page.section("All figures");
    page.table(table("", "%s"), result.points(), _ -> "");
    result.points().stream()
        .filter(point -> point.reason() != null)
        .forEach(point -> page.paragraph(point.label() + " is void: ", point.reason()));
    page.provenance(from);
    return page.end();
  }

  private Tone tone() {
    return result.points().stream()
            .anyMatch(p -> p.verdict() == Verdict.VOID || p.verdict() == Verdict.TOO_FEW)
        ? Tone.UNSURE
        : Tone.NEUTRAL;
  }

  private boolean isNumeric() {
    return result.points().stream().allMatch(point -> isNumber(point.values().getFirst()));
  }

  private static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  /** The interval of a point's median over its rounds, where there are enough. */
  private static @Nullable Estimate interval(Point point) {
    List<Double> runs = runs(point);
    return runs.size() < Estimate.LEAST_VALUES
        ? null
        : Estimate.of(runs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A line over the values of the first gate, one for each value of the second. */
  private Chart lines() {
    Map<String, List<Line.Point>> byRest = new LinkedHashMap<>();
    for (Point point : result.points()) {
      List<String> rest = point.values().subList(1, point.values().size());
      Estimate own = interval(point);
      byRest
          .computeIfAbsent(name(rest), _ -> new ArrayList<>())
          .add(
              new Line.Point(
                  Double.parseDouble(point.values().getFirst()),
                  point.measured().steadyMops(),
                  own == null ? null : (Double) own.low(),
                  own == null ? null : (Double) own.high()));
    }
    List<Line> lines = new ArrayList<>();
    byRest.forEach(
        (name, points) -> {
          points.sort(Comparator.comparingDouble(Line.Point::x));
          lines.add(new Line(name, Family.HAKMEM, points));
        });
    return new Chart.Lines("Steady state", result.gates().getFirst(), MOPS, lines, List.of());
  }

  private String name(List<String> rest) {
    return rest.isEmpty()
        ? result.gates().getFirst()
        : result.gates().getLast() + "=" + String.join(",", rest);
  }

  private Chart bars() {
    List<Bar> bars = new ArrayList<>();
    for (Point point : result.points()) {
      Estimate own = interval(point);
      bars.add(
          new Bar(
              point.label(),
              bars.isEmpty() ? Family.CONTROL : Family.HAKMEM,
              point.measured().steadyMops(),
              own == null ? null : (Double) own.low(),
              own == null ? null : (Double) own.high(),
              verdict(point)));
    }
    return Chart.Bars.sorted("Steady state; more is better", MOPS, bars, List.of());
  }

  private Chart changes() {
    List<Bar> bars = new ArrayList<>();
    for (Point point : result.points()) {
      if (point.measured().steady() != null) {
        bars.add(
            ComparisonPage.percent(
                point.label(), Family.HAKMEM, point.measured().ratio(), verdict(point)));
      }
    }
    String first = result.points().getFirst().label();
    bars.add(
        ComparisonPage.percent(
            first + " again", Family.CONTROL, result.control().ratio(), "the noise"));
    return Chart.Bars.sorted("Change of the steady state", "%", bars, List.of());
  }
}
