package io.hakmem.bench.turns;

import io.hakmem.bench.compare.Side;
import io.hakmem.bench.compare.Verdict;
import java.io.PrintWriter;
import java.util.Locale;

/** A report for people. */
public final class TurnsTable {

  private static final String ROW = "  %-23s %9s %8s  %s%n";

  private TurnsTable() {}

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
      out.println("  " + side.name() + ": " + label(side));
    }
    out.printf(ROW, "median", "M ops/s", "ratio/A", "95 % interval");
    for (TurnsReport.Row side : report.sides()) {
      boolean isA = side.name().equals(Side.A.toString());
      out.printf(
          ROW,
          side.name(),
          decimals(2, side.mops()),
          isA ? "" : decimals(3, side.ratio()),
          isA ? "" : decimals(3, side.low()) + " to " + decimals(3, side.high()));
    }
    report.absent().forEach((name, why) -> out.println("  " + name + " is absent: " + why));
    printVerdict(report, out);
    out.flush();
  }

  private static String label(TurnsReport.Row side) {
    String text = side.configuration().isEmpty() ? "(nothing set)" : side.configuration();
    return side.modules() == null ? text : text + ", of " + side.modules();
  }

  private static void printVerdict(TurnsReport report, PrintWriter out) {
    if (report.verdict() == Verdict.VOID) {
      out.println("  verdict: VOID, " + report.voidReason());
    } else {
      out.println("  verdict: " + report.verdict() + ", " + report.verdict().meaning());
    }
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
