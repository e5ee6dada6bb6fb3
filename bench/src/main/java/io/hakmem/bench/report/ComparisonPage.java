package io.hakmem.bench.report;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.ComparisonResult.Measured;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.Line;
import io.hakmem.bench.page.Line.Point;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.turns.TurnsReport;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two configurations or builds as a page: in processes of their own, or in turns in one. */
public final class ComparisonPage {

  private static final String MOPS = "M operations/s";

  private ComparisonPage() {}

  private static final Table<Side> SIDES =
      Table.of(
          "",
          List.of(
              Column.text("%s", "", Side::name),
              Column.code("configuration", side -> label(side.configuration)),
              Column.figure("%s", MOPS, 2, Side::mops),
              Column.text("%s", "divided by A", side -> ratio(side.ratio))));

  /** A side of either kind of comparison. */
  private record Side(
      String name, String configuration, double mops, @Nullable Estimate ratio, List<Double> runs) {

    static Side of(String name, Measured measured) {
      return new Side(
          name,
          measured.configuration(),
          measured.steadyMops(),
          measured.steady(),
          measured.steadyRunsMops());
    }

    static Side of(TurnsReport.Row row) {
      Estimate ratio = new Estimate(row.ratio(), row.low(), row.high());
      return new Side(row.name(), row.label(), row.mops(), ratio, row.turnsMops());
    }

    Family family() {
      return name.equals("control") ? Family.CONTROL : Family.HAKMEM;
    }
  }

  /** The counters that a name has on both sides. */
  private record Counter(String name, @Nullable Long ofA, @Nullable Long ofB) {}

  private static final Table<Counter> COUNTERS =
      Table.of(
          "",
          List.of(
              Column.text("%s", "counter", Counter::name),
              Column.number("%s", "A", counter -> ComparisonTable.count(counter.ofA)),
              Column.number("%s", "B", counter -> ComparisonTable.count(counter.ofB))));

  /** The page of rounds in processes of their own. */
  public static String of(ComparisonResult result, Provenance from) {
    HtmlPage page =
        new HtmlPage(
            "A and B: " + result.workload(),
            Conclusions.ofChange(
                result.workload(), result.verdict(), result.b().ratio(), whyNone(result)));
    sides(
        page,
        "round",
        List.of(
            Side.of("A", result.a()),
            Side.of("B", result.b()),
            Side.of("control", result.control())));
    result.dropped().forEach(reason -> page.paragraph("Dropped: ", reason));
    page.section("Counters of the last processes");
    page.table(COUNTERS, counters(result), _ -> "");
    page.provenance(from);
    return page.end();
  }

  /** The page of turns. */
  public static String of(TurnsReport result, Provenance from) {
    Estimate ratio = new Estimate(result.ratio(), result.low(), result.high());
    HtmlPage page =
        new HtmlPage(
            "A and B in turns: " + result.workload(),
            Conclusions.ofChange(result.workload(), result.verdict(), ratio, whyNone(result)));
    sides(page, "turn", result.sides().stream().map(Side::of).toList());
    result.absent().forEach((name, why) -> page.paragraph(name + " is absent: ", why));
    page.facts("What was run", result.plan());
    page.provenance(from);
    return page.end();
  }

  private static String whyNone(ComparisonResult result) {
    return result.verdict() == Verdict.TOO_FEW
        ? DecisionRule.tooFew(result.rounds(), result.roundsNeeded())
        : String.valueOf(result.voidReason());
  }

  private static String whyNone(TurnsReport result) {
    return result.verdict() == Verdict.TOO_FEW
        ? DecisionRule.tooFew(result.plan().runs(), result.roundsNeeded())
        : String.valueOf(result.voidReason());
  }

  private static void sides(HtmlPage page, String round, List<Side> sides) {
    page.section("Against A");
    List<Bar> changes =
        sides.stream()
            .skip(1)
            .filter(side -> side.ratio != null)
            .map(ComparisonPage::change)
            .toList();
    page.chart(
        new Chart.Bars(
            "Steady state against A; above 0 it is faster", "%", false, changes, List.of()));
    page.table(SIDES, sides, _ -> "");
    List<Line> lines =
        sides.stream()
            .filter(side -> !side.runs.isEmpty())
            .map(side -> new Line(side.name, side.family(), points(side.runs)))
            .toList();
    if (!lines.isEmpty()) {
      page.section("Each " + round);
      page.chart(new Chart.Lines("Steady state by " + round, round, MOPS, lines, List.of()));
    }
  }

  /** The ratio of a side to A as a change in percent. */
  private static Bar change(Side side) {
    Estimate ratio = Objects.requireNonNull(side.ratio);
    return percent(side.name, side.family(), ratio, label(side.configuration));
  }

  /** A ratio as a bar in percent. */
  public static Bar percent(String name, Family family, Estimate ratio, String note) {
    return new Bar(
        name,
        family,
        100 * (ratio.median() - 1),
        100 * (ratio.low() - 1),
        100 * (ratio.high() - 1),
        note);
  }

  private static List<Point> points(List<Double> runs) {
    List<Point> points = new ArrayList<>();
    for (double run : runs) {
      points.add(Point.of(points.size() + 1, run));
    }
    return points;
  }

  private static String ratio(@Nullable Estimate ratio) {
    return ratio == null
        ? ""
        : "%s (%s to %s)"
            .formatted(
                Table.decimals(3, ratio.median()),
                Table.decimals(3, ratio.low()),
                Table.decimals(3, ratio.high()));
  }

  private static String label(String configuration) {
    return Configuration.label(configuration);
  }

  private static List<Counter> counters(ComparisonResult result) {
    Map<String, Long> ofA = result.a().counters();
    Map<String, Long> ofB = result.b().counters();
    TreeSet<String> names = new TreeSet<>();
    Stream.of(ofA, ofB).forEach(counters -> names.addAll(counters.keySet()));
    return names.stream().map(name -> new Counter(name, ofA.get(name), ofB.get(name))).toList();
  }
}
