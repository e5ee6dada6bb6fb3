package io.hakmem.bench.report;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.profile.SelfTimes;
import io.hakmem.bench.profile.SelfTimes.SelfTime;
import io.hakmem.bench.report.ComparisonTable.Side;
import io.hakmem.bench.reproduce.PhaseResult;
import io.hakmem.bench.reproduce.PhaseResult.CrashTest;
import io.hakmem.bench.reproduce.PhaseResult.Failed;
import io.hakmem.bench.reproduce.PhaseResult.Measured;
import io.hakmem.bench.reproduce.PhaseResult.Row;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The experiments as a page. */
public final class ReproductionPage {

  private final HtmlPage page;

  private ReproductionPage(HtmlPage page) {
    this.page = page;
  }

  /** A row and the question that it answers. */
  private record Result(String question, Row row) {

    String ratio() {
      return switch (row) {
        case Failed failed -> failed.failed();
        case Measured measured -> ReproductionPage.ratio(Side.divided("", measured.result().b()));
      };
    }

    String outcome() {
      return switch (row) {
        case Failed _ -> "FAILED";
        case Measured measured -> ReproductionPage.outcome(measured);
      };
    }

    /** Green is what is good for HAKMEM: another allocator that is faster never is. */
    Tone tone() {
      return switch (row) {
        case Failed _ -> Tone.UNSURE;
        case Measured measured ->
            measured
                .peer()
                .map(peer -> Conclusions.toneBesidePeer(measured.result().verdict(), peer))
                .orElseGet(() -> Conclusions.tone(measured.result().verdict()));
      };
    }
  }

  private static final Table<Result> OVERVIEW =
      Table.of(
          "",
          List.of(
              Column.text("%s", "question", Result::question),
              Column.text("%s", "row", result -> name(result.row)),
              Column.text("%s", "original", result -> result.row.original()),
              Column.text("%s", "steady B/A, 95 % interval", Result::ratio),
              Column.text("%s", "outcome", Result::outcome)));

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
  public static String of(Reproduction.Result report, Provenance from) {
    List<Result> rows = new ArrayList<>();
    report
        .phases()
        .forEach(phase -> phase.rows().forEach(row -> rows.add(new Result(phase.question(), row))));
    ReproductionPage all =
        new ReproductionPage(new HtmlPage("HAKMEM: the experiments", conclusion(rows)));
    all.page.section("All answers");
    all.page.table(OVERVIEW, rows, result -> result.tone().toString());
    report.phases().forEach(all::phase);
    all.page.facts("How often it was measured", report.plan());
    all.page.provenance(from);
    return all.page.end();
  }

  private static Conclusion conclusion(List<Result> rows) {
    Map<Tone, Long> changes = new EnumMap<>(Tone.class);
    Map<Tone, Long> besidePeers = new EnumMap<>(Tone.class);
    for (Result row : rows) {
      Optional<SubjectKind> peer =
          row.row instanceof Measured measured ? measured.peer() : Optional.empty();
      if (peer.isEmpty()) {
        changes.merge(row.tone(), 1L, Long::sum);
      } else if (peer.get().isAllocator()) {
        besidePeers.merge(row.tone(), 1L, Long::sum);
      }
    }
    long unsure = count(changes, Tone.UNSURE) + count(besidePeers, Tone.UNSURE);
    String sentence =
        "Of %d changes that were tried %d are faster, %d slower and %d no different;"
                .formatted(
                    total(changes) - count(changes, Tone.UNSURE),
                    count(changes, Tone.GOOD),
                    count(changes, Tone.BAD),
                    count(changes, Tone.NEUTRAL))
            + " beside other allocators HAKMEM is faster in %d of %d comparisons and slower in %d."
                .formatted(
                    count(besidePeers, Tone.GOOD),
                    total(besidePeers) - count(besidePeers, Tone.UNSURE),
                    count(besidePeers, Tone.BAD));
    return unsure == 0
        ? new Conclusion(Tone.NEUTRAL, sentence)
        : new Conclusion(Tone.UNSURE, sentence + " Of %d rows nothing follows.".formatted(unsure));
  }

  private static long count(Map<Tone, Long> counts, Tone tone) {
    return counts.getOrDefault(tone, 0L);
  }

  private static long total(Map<Tone, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String outcome(Measured row) {
    Verdict verdict = row.result().verdict();
    return row.peer()
        .map(peer -> Conclusions.besidePeer(verdict, peer))
        .orElseGet(
            () ->
                verdict
                    + ": "
                    + (verdict == Verdict.GO ? "the change is faster" : verdict.meaning()));
  }

  private static String name(Row row) {
    return row.workload().replaceFirst(",.*: mid-large-mt", ":") + ": " + row.label();
  }

  private static String ratio(Side side) {
    return side.steady() == null ? "" : side.steadyRatio() + " (" + side.interval("") + ")";
  }

  private void phase(PhaseResult phase) {
    page.section(phase.question());
    page.paragraph("", "Phase " + phase.name() + " of the original.");
    page.paragraph("FAILED: ", phase.failed());
    page.paragraph("The original: ", phase.original());
    page.paragraph("", phase.note());
    charts(phase);
    phase.rows().forEach(this::row);
    symbols(phase.hotSymbols());
    if (phase.crashTest() != null) {
      page.paragraph("Crash test: ", crashTest(phase.crashTest()));
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
          medians(load + ": first round", all, ComparisonResult.Measured::coldMops);
          medians(load + ": steady state", all, ComparisonResult.Measured::steadyMops);
          page.chart(
              Chart.Bars.sorted(
                  load + ": steady state against the baseline",
                  "change in %",
                  ratios(all),
                  List.of()));
        });
  }

  /** The medians of baselines and variants. */
  private void medians(
      String title, List<Measured> rows, ToDoubleFunction<ComparisonResult.Measured> figure) {
    List<Bar> bars = new ArrayList<>();
    String baseline = "";
    for (Measured row : rows) {
      if (!row.baseline().equals(baseline)) {
        baseline = row.baseline();
        bars.add(Bar.of(baseline, Family.CONTROL, figure.applyAsDouble(row.result().a())));
      }
      bars.add(Bar.of(row.label(), family(row), figure.applyAsDouble(row.result().b())));
    }
    page.chart(Chart.Bars.sorted(title, "M operations/s", bars, List.of()));
  }

  private static Family family(Measured row) {
    return row.peer().isPresent() ? Family.JVM : Family.HAKMEM;
  }

  /** What differs from its baseline, and how far the baseline differs from itself. */
  private static List<Bar> ratios(List<Measured> rows) {
    List<Bar> bars = new ArrayList<>();
    for (Measured row : rows) {
      String label = row.label();
      Estimate control = row.result().control().ratio();
      bars.add(ComparisonPage.percent(label, family(row), row.result().b().ratio(), outcome(row)));
      bars.add(ComparisonPage.percent(row.baseline() + " again", Family.CONTROL, control, label));
    }
    return bars;
  }

  private static String crashTest(CrashTest test) {
    return test.configuration()
        + ": "
        + (test.failed() == null ? test.result() : "FAILED: " + test.failed());
  }

  private void row(Row row) {
    page.heading(name(row));
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
    page.paragraph("First round, " + result.coldVerdict() + ": ", row.coldConclusion());
    page.paragraph("Steady, " + outcome(row) + ": ", row.conclusion());
  }

  private void symbols(@Nullable SelfTimes times) {
    if (times == null) {
      return;
    }
    page.heading("Hot symbols");
    if (times.failed() != null) {
      page.paragraph("FAILED: ", times.failed());
      return;
    }
    List<Bar> bars =
        times.boxes().stream()
            .map(box -> Bar.of(String.valueOf(box.box()), Family.OTHER, box.selfPercent()))
            .toList();
    page.chart(Chart.Bars.sorted("Self time by box", "%", bars, List.of()));
    page.paragraph("Samples: ", String.valueOf(times.samples()));
    page.table(SYMBOLS, times.symbols(), _ -> "");
  }
}
