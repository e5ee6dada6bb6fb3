package io.hakmem.bench.report;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.profile.SelfTimes;
import io.hakmem.bench.report.ComparisonTable.Side;
import io.hakmem.bench.reproduce.PhaseResult;
import io.hakmem.bench.reproduce.PhaseResult.CrashTest;
import io.hakmem.bench.reproduce.PhaseResult.Failed;
import io.hakmem.bench.reproduce.PhaseResult.Measured;
import io.hakmem.bench.reproduce.PhaseResult.Row;
import io.hakmem.bench.reproduce.Recommendation.Advice;
import io.hakmem.bench.reproduce.Recommendation.Choice;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Phases of a reproduction, and what follows from them, for terminals. */
public final class PhaseText {

  private PhaseText() {}

  /** A line of a row; the variant's has the verdict. */
  private record Line(Side side, String verdict) {}

  private static final Table<Line> LINES =
      Table.of(
          "    ",
          List.of(
              Column.text("%-34s", "", line -> line.side.name()),
              Column.number("%9s", "cold", line -> line.side.coldMops()),
              Column.barred("%9s", "steady", 2, line -> line.side.measured().steadyMops()),
              Column.number("%8s", "steady/A", line -> line.side.steadyRatio()),
              Column.text(" %-16s", "95 % interval", line -> line.side.interval("")),
              Column.text("%s", "verdict", Line::verdict)));

  /** Prints everything that was measured. */
  public static void print(PhaseResult phase, PrintWriter out) {
    out.println();
    out.println(phase.question() + " (phase " + phase.name() + ")");
    out.println("  original: " + phase.original());
    line("  note", phase.note(), out);
    line("  FAILED", phase.failed(), out);
    String workload = "";
    double largest = 0;
    for (Row row : phase.rows()) {
      if (!row.workload().equals(workload)) {
        workload = row.workload();
        largest = LINES.largest(lines(phase, workload));
        out.println("  " + workload + " (M ops/s)");
        LINES.printHeads(out);
      }
      switch (row) {
        case Failed failed -> out.println("    " + row.label() + ": FAILED: " + failed.failed());
        case Measured measured -> print(measured, largest, out);
      }
    }
    print(phase.hotSymbols(), out);
    print(phase.crashTest(), out);
    out.flush();
  }

  private static List<Line> lines(PhaseResult phase, String workload) {
    return phase.rows().stream()
        .filter(row -> row.workload().equals(workload))
        .flatMap(row -> row instanceof Measured measured ? lines(measured) : Stream.of())
        .toList();
  }

  private static Stream<Line> lines(Measured row) {
    ComparisonResult result = row.result();
    String verdict =
        row.peer()
            .map(peer -> Conclusions.besidePeer(result.verdict(), peer))
            .orElseGet(() -> String.valueOf(result.verdict()));
    return Stream.of(
        new Line(Side.a("A  " + row.baseline(), result.a()), ""),
        new Line(Side.divided("B  " + row.label(), result.b()), verdict),
        new Line(Side.divided("   control (A again)", result.control()), ""));
  }

  private static void print(Measured row, double largest, PrintWriter out) {
    ComparisonResult result = row.result();
    lines(row).forEach(line -> LINES.print(line, largest, out));
    line("      original", row.original(), out);
    line("      void", result.voidReason(), out);
    line("      dropped", result.dropped().stream().findFirst().orElse(""), out);
    line("      counters A", row.evidenceA(), out);
    line("      counters B", row.evidenceB(), out);
    line("      cold", row.coldConclusion(), out);
    line(row.coldConclusion() == null ? "      here" : "      steady", row.conclusion(), out);
  }

  private static void line(String name, @Nullable String text, PrintWriter out) {
    if (text != null && !text.isEmpty()) {
      out.println(name + ": " + text);
    }
  }

  private static void print(@Nullable SelfTimes times, PrintWriter out) {
    if (times == null) {
      return;
    }
    if (times.failed() != null) {
      line("  hot symbols: FAILED", times.failed(), out);
      return;
    }
    out.printf("  hot symbols, self %% of %,d samples%n", times.samples());
    times
        .boxes()
        .forEach(box -> out.printf("    %6s  %s%n", percent(box.selfPercent()), box.box()));
    times
        .symbols()
        .forEach(
            one ->
                out.printf(
                    "    %6s  %s (%s)%n", percent(one.selfPercent()), one.symbol(), one.box()));
  }

  private static String percent(double value) {
    return Table.decimals(1, value);
  }

  private static void print(@Nullable CrashTest test, PrintWriter out) {
    if (test != null) {
      String result = test.failed() == null ? test.result() : "FAILED: " + test.failed();
      out.println("  crash test, " + test.configuration() + ": " + result);
    }
  }

  /** Prints one block for each workload and length. */
  public static void print(List<Advice> all, PrintWriter out) {
    for (Advice advice : all) {
      out.println(advice.workload());
      line("  FAILED", advice.failed(), out);
      if (advice.absent() != null) {
        out.println("  not in the report; " + advice.absent());
      }
      line("  original", advice.original(), out);
      print("cold", advice.cold(), out);
      print("steady", advice.steady(), out);
    }
  }

  private static void print(String state, @Nullable Choice choice, PrintWriter out) {
    if (choice != null) {
      out.printf(
          "  %-8s take: %s; best median: %s, %s M ops/s%s%n",
          state,
          choice.advice(),
          choice.best(),
          Table.decimals(2, choice.mops()),
          choice.verdict() == null ? "" : ", " + choice.verdict());
    }
  }
}
