package io.hakmem.bench.report;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.Estimate;
import io.hakmem.bench.profile.SelfTimes;
import io.hakmem.bench.profile.SelfTimes.SelfTime;
import io.hakmem.bench.report.ComparisonTable.Side;
import io.hakmem.bench.report.Table.Column;
import io.hakmem.bench.reproduce.PhaseResult;
import io.hakmem.bench.reproduce.PhaseResult.Failed;
import io.hakmem.bench.reproduce.PhaseResult.Measured;
import io.hakmem.bench.reproduce.PhaseResult.Row;
import io.hakmem.bench.reproduce.Reproduction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A reproduction as one page that needs no other file and no network. */
public final class ReproductionPage {

  private final HtmlPage page = new HtmlPage("HAKMEM: the experiments");

  private ReproductionPage() {}

  /** A row and the phase it is of. */
  private record Result(String phase, Row row) {

    String ratio() {
      return switch (row) {
        case Failed failed -> failed.failed();
        case Measured measured -> ReproductionPage.ratio(Side.divided("", measured.result().b()));
      };
    }

    String verdict() {
      return switch (row) {
        case Failed _ -> "FAILED";
        case Measured measured -> String.valueOf(measured.result().verdict());
      };
    }
  }

  private static final Table<Result> OVERVIEW =
      Table.of(
          "",
          List.of(
              Column.text("%s", "phase", Result::phase),
              Column.text("%s", "row", result -> name(result.row)),
              Column.text("%s", "original", result -> result.row.original()),
              Column.text("%s", "steady B/A, 95 % interval", Result::ratio),
              Column.text("%s", "verdict", Result::verdict)));

  /** A side and the counters that show that it ran. */
  private record Counted(Side side, @Nullable String evidence) {}

  private static final Table<Counted> SIDES =
      Table.of(
          "",
          List.of(
              Column.text("%s", "", one -> one.side.name()),
              Column.code("configuration", one -> one.side.measured().configuration()),
              Column.number("%s", "cold", one -> one.side.coldMops()),
              Column.number("%s", "steady", one -> one.side.steadyMops()),
              Column.number("%s", "steady/A", one -> ratio(one.side)),
              Column.code("counters", one -> one.evidence == null ? "" : one.evidence)));

  private static final Table<SelfTime> SYMBOLS =
      Table.of(
          "",
          List.of(
              Column.number("%s", "self %", time -> Table.decimals(1, time.selfPercent())),
              Column.text("%s", "box", time -> String.valueOf(time.box())),
              Column.text("%s", "symbol", time -> String.valueOf(time.symbol()))));

  /** The page of a report. */
  public static String of(Reproduction.Result report) {
    ReproductionPage all = new ReproductionPage();
    if (report.machine() != null && report.plan() != null) {
      all.page.facts("machine", report.machine());
      all.page.facts("plan", report.plan());
    }
    all.page.heading(2, "overview");
    List<Result> rows = new ArrayList<>();
    report
        .phases()
        .forEach(phase -> phase.rows().forEach(row -> rows.add(new Result(phase.name(), row))));
    all.page.table(OVERVIEW, rows, Result::verdict);
    report.phases().forEach(all::phase);
    return all.page.end();
  }

  private static String name(Row row) {
    return row.workload().replaceFirst(",.*: mid-large-mt", ":") + ": " + row.label();
  }

  private static String ratio(Side side) {
    return side.steady() == null ? "" : side.steadyRatio() + " (" + side.interval("") + ")";
  }

  private void phase(PhaseResult phase) {
    page.heading(2, phase.name());
    page.paragraph("FAILED: ", phase.failed());
    page.paragraph("", phase.question());
    page.paragraph("The original: ", phase.original());
    page.paragraph("", phase.note());
    charts(phase);
    phase.rows().forEach(this::row);
    symbols(phase.hotSymbols());
    if (phase.crashTest() != null) {
      page.facts("crash test", phase.crashTest());
    }
  }

  /** Of rows that have figures, by their load: loads of different length share no scale. */
  private void charts(PhaseResult phase) {
    Map<String, List<Measured>> rows = new LinkedHashMap<>();
    for (Row row : phase.rows()) {
      if (row instanceof Measured measured) {
        rows.computeIfAbsent(row.workload(), _ -> new ArrayList<>()).add(measured);
      }
    }
    rows.forEach(
        (load, all) -> {
          medians(load + ": cold", all, ComparisonResult.Measured::coldMops);
          medians(load + ": steady state", all, ComparisonResult.Measured::steadyMops);
          String title = load + ": steady state against the baseline";
          page.chart(title, "change in %", chart -> ratios(chart, all));
        });
  }

  /** The medians of baselines and variants. */
  private void medians(
      String title, List<Measured> rows, ToDoubleFunction<ComparisonResult.Measured> figure) {
    List<String> names = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    String baseline = "";
    for (Measured row : rows) {
      if (!row.baseline().equals(baseline)) {
        baseline = row.baseline();
        names.add(baseline);
        medians.add(figure.applyAsDouble(row.result().a()));
      }
      names.add(row.label());
      medians.add(figure.applyAsDouble(row.result().b()));
    }
    page.chart(title, "M ops/s", chart -> chart.add("median", names, medians, null));
  }

  private static void ratios(Charts chart, List<Measured> rows) {
    List<String> names = rows.stream().map(Measured::label).toList();
    List<Estimate> ofB = rows.stream().map(row -> row.result().b().ratio()).toList();
    List<Estimate> ofControl = rows.stream().map(row -> row.result().control().ratio()).toList();
    chart.add("B / A", names, changes(ofB), errors(ofB));
    chart.add("control: A / A", names, changes(ofControl), errors(ofControl));
  }

  private static List<Double> changes(List<Estimate> ratios) {
    return ratios.stream().map(ratio -> 100 * (ratio.median() - 1)).toList();
  }

  /** A bar has one length of error on both sides: the larger one is drawn. */
  private static List<Double> errors(List<Estimate> ratios) {
    return ratios.stream()
        .map(r -> 100 * Math.max(r.high() - r.median(), r.median() - r.low()))
        .toList();
  }

  private void row(Row row) {
    page.heading(3, name(row));
    switch (row) {
      case Failed failed ->
          page.failure(
              "FAILED: " + failed.failed(),
              Stream.of(failed.asked().configurationA(), failed.asked().configurationB())
                  .filter(Objects::nonNull)
                  .toList());
      case Measured measured -> comparison(measured, measured.result());
    }
  }

  private void comparison(Measured row, ComparisonResult result) {
    List<Counted> sides =
        List.of(
            new Counted(Side.a("A: " + row.baseline(), result.a()), row.evidenceA()),
            new Counted(Side.divided("B: " + row.label(), result.b()), row.evidenceB()),
            new Counted(Side.divided("control", result.control()), ""));
    page.table(SIDES, sides, _ -> "");
    page.paragraph("Void: ", result.voidReason());
    result.dropped().forEach(reason -> page.paragraph("Dropped: ", reason));
    page.paragraph("The original: ", row.original());
    page.paragraph("Cold, " + result.coldVerdict() + ": ", row.coldConclusion());
    page.paragraph("Steady, " + result.verdict() + ": ", row.conclusion());
  }

  private void symbols(@Nullable SelfTimes times) {
    if (times == null) {
      return;
    }
    page.heading(3, "hot symbols");
    if (times.failed() != null) {
      page.paragraph("FAILED: ", times.failed());
      return;
    }
    List<String> boxes = times.boxes().stream().map(box -> String.valueOf(box.box())).toList();
    List<Double> percent = times.boxes().stream().map(SelfTime::selfPercent).toList();
    page.chart("Self time by box", "%", chart -> chart.add("self %", boxes, percent, null));
    page.paragraph("Samples: ", String.valueOf(times.samples()));
    page.table(SYMBOLS, times.symbols(), _ -> "");
  }
}
