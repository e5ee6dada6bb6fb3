package io.hakmem.bench.report;

import io.hakmem.bench.compare.Side;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.turns.TurnsReport;
import io.hakmem.bench.verdict.DecisionRule;
import java.io.PrintWriter;
import java.util.List;

/** Sides that took turns, for people. */
public final class TurnsTable {

  private static final Table<TurnsReport.Row> SIDES =
      Table.of(
          "  ",
          List.of(
              Column.text("%-23s", "median", TurnsReport.Row::name),
              Column.barred("%9s", "M ops/s", 2, TurnsReport.Row::mops),
              Column.number(
                  "%8s", "ratio/A", row -> isA(row) ? "" : Table.decimals(3, row.ratio())),
              Column.text(" %s", "95 % interval", TurnsTable::interval)));

  private TurnsTable() {}

  private static boolean isA(TurnsReport.Row row) {
    return row.name().equals(Side.A.toString());
  }

  private static String interval(TurnsReport.Row row) {
    return isA(row) ? "" : Table.decimals(3, row.low()) + " to " + Table.decimals(3, row.high());
  }

  /** Prints medians, ratios to A and the verdict. */
  public static void print(TurnsReport report, PrintWriter out) {
    out.printf(
        "%s, %d %s (M ops/s), %d turns of about %d ms, all in one JVM%n",
        report.workload(),
        report.threads(),
        report.threads() == 1 ? "thread" : "threads",
        report.plan().runs(),
        report.plan().turnMs());
    out.printf("  %s, %s%n", report.machine().cpu(), report.machine().jdk());
    for (TurnsReport.Row side : report.sides()) {
      out.println("  " + side.name() + ": " + side.label());
    }
    SIDES.print(report.sides(), out);
    report.absent().forEach((name, why) -> out.println("  " + name + " is absent: " + why));
    String why =
        switch (report.verdict()) {
          case VOID -> report.voidReason();
          case TOO_FEW -> DecisionRule.tooFew(report.plan().runs(), report.roundsNeeded());
          case GO, NO_GO, NEUTRAL -> report.verdict().meaning();
        };
    out.println("  verdict: " + report.verdict() + ", " + why);
  }
}
