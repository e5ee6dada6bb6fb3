package io.hakmem.bench.report;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.ComparisonResult.Measured;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.verdict.DecisionRule;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A comparison for terminals. */
public final class ComparisonTable {

  private static final String INDENT = "  ";
  private static final int LEAST_NAME_WIDTH = 28;

  private ComparisonTable() {}

  /** A side with what it is called, and with ratios unless it is A. */
  record Side(String name, Measured measured, @Nullable Estimate cold, @Nullable Estimate steady) {

    static Side a(String name, Measured measured) {
      return new Side(name, measured, null, null);
    }

    static Side divided(String name, Measured measured) {
      return new Side(name, measured, measured.cold(), measured.steady());
    }

    String coldMops() {
      return Table.decimals(2, measured.coldMops());
    }

    String steadyMops() {
      return Table.decimals(2, measured.steadyMops());
    }

    String coldRatio() {
      return cold == null ? "" : Table.decimals(3, cold.median());
    }

    String steadyRatio() {
      return steady == null ? "" : Table.decimals(3, steady.median());
    }

    String interval(String ifNone) {
      return steady == null
          ? ifNone
          : Table.decimals(3, steady.low()) + " to " + Table.decimals(3, steady.high());
    }
  }

  private static final Table<Side> SIDES =
      Table.of(
          "  ",
          List.of(
              Column.text("%-13s", "median", Side::name),
              Column.number("%9s", "cold", Side::coldMops),
              Column.barred("%9s", "steady", 2, side -> side.measured.steadyMops()),
              Column.number("%8s", "cold/A", Side::coldRatio),
              Column.number("%9s", "steady/A", Side::steadyRatio),
              Column.text(" %s", "95 % interval", side -> side.interval("-"))));

  /** Prints medians, ratios to A, counters and the verdict. */
  public static void print(ComparisonResult result, PrintWriter out) {
    out.println(result.workload() + " (M ops/s)");
    String options = result.jvmOptions().isEmpty() ? "-" : result.jvmOptions();
    out.printf("  JDK %s, %d CPUs, JVM options: %s%n", result.jdk(), result.cpus(), options);
    out.println("  A  " + Configuration.label(result.a().configuration()));
    out.println("  B  " + Configuration.label(result.b().configuration()));
    out.printf(
        "  %d rounds, each of A, B and A again as control, each in its own JVM%n", result.rounds());
    result.dropped().forEach(line -> out.println("  dropped: " + line));
    SIDES.print(
        List.of(
            Side.a("A", result.a()),
            Side.divided("B", result.b()),
            Side.divided("control", result.control())),
        out);
    printCounters(result.a().counters(), result.b().counters(), out);
    printVerdict(result, out);
  }

  private static void printCounters(
      SortedMap<String, Long> ofA, SortedMap<String, Long> ofB, PrintWriter out) {
    Set<String> names = new TreeSet<>(ofA.keySet());
    names.addAll(ofB.keySet());
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    String name = "%%-%ds".formatted(Math.max(LEAST_NAME_WIDTH, INDENT.length() + longest + 1));
    Table.of(
            "  ",
            List.of(
                Column.<String>text(name, "counters of the last forks", each -> INDENT + each),
                Column.<String>number("%15s", "A", each -> count(ofA.get(each))),
                Column.<String>number("%15s", "B", each -> count(ofB.get(each)))))
        .print(names, out);
  }

  static String count(@Nullable Long counter) {
    return counter == null ? "-" : String.format(Locale.ROOT, "%,d", counter);
  }

  private static void printVerdict(ComparisonResult result, PrintWriter out) {
    if (result.sameConfiguration()) {
      out.println("  same: A and B are the same configuration");
    }
    if (result.voidReason() != null) {
      out.println("  void: " + result.voidReason());
    }
    String meaning =
        result.verdict() == Verdict.TOO_FEW
            ? DecisionRule.tooFew(result.rounds(), result.roundsNeeded())
            : result.verdict().meaning();
    out.println("  verdict: " + result.verdict() + ", " + meaning);
  }
}
