package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** A phase of a reproduction for terminals. */
public final class PhaseTable {

  private static final String ROW = "    %-34s %9s %9s %8s  %-16s %s%n";

  private PhaseTable() {}

  /** Prints everything that was measured. */
  public static void print(JsonNode phase, PrintWriter out) {
    out.println();
    out.println(phase.path("name").asText() + "  " + phase.path("question").asText());
    out.println("  original: " + phase.path("original").asText());
    if (!phase.path("note").asText().isEmpty()) {
      out.println("  note: " + phase.path("note").asText());
    }
    if (phase.has("failed")) {
      out.println("  FAILED: " + phase.path("failed").asText());
    }
    String workload = "";
    for (JsonNode row : phase.path("rows")) {
      if (!row.path("workload").asText().equals(workload)) {
        workload = row.path("workload").asText();
        out.println("  " + workload + " (M ops/s)");
        out.printf(ROW, "", "cold", "steady", "steady/A", "95 % interval", "verdict");
      }
      printRow(row, out);
    }
    printSymbols(phase.path("hot_symbols"), out);
    printCrashTest(phase.path("crash_test"), out);
    out.flush();
  }

  private static void printRow(JsonNode row, PrintWriter out) {
    if (row.has("failed")) {
      out.println("    " + row.path("label").asText() + ": FAILED: " + row.path("failed").asText());
      return;
    }
    side(row, "a", "A  " + row.path("baseline").asText(), "", out);
    side(row, "b", "B  " + row.path("label").asText(), row.path("verdict").asText(), out);
    side(row, "control", "   control (A again)", "", out);
    line("original", row.path("original"), out);
    line("void", row.path("void"), out);
    line("dropped", row.path("dropped").path(0), out);
    line("counters A", row.path("evidence_a"), out);
    line("counters B", row.path("evidence_b"), out);
    if (row.has("cold_conclusion")) {
      line("cold", row.path("cold_conclusion"), out);
      line("steady", row.path("conclusion"), out);
    } else {
      line("here", row.path("conclusion"), out);
    }
  }

  private static void side(
      JsonNode row, String name, String label, String verdict, PrintWriter out) {
    JsonNode side = row.path(name);
    boolean divided = side.has("steady_ratio");
    out.printf(
        ROW,
        label,
        decimals(2, side.path("cold_mops")),
        decimals(2, side.path("steady_mops")),
        divided ? decimals(3, side.path("steady_ratio")) : "",
        divided ? interval(side) : "",
        verdict);
  }

  static String interval(JsonNode side) {
    return decimals(3, side.path("steady_ratio_low"))
        + " to "
        + decimals(3, side.path("steady_ratio_high"));
  }

  private static void line(String name, JsonNode value, PrintWriter out) {
    if (!value.asText().isEmpty() && !value.isNull()) {
      out.println("      " + name + ": " + value.asText());
    }
  }

  static String decimals(int digits, JsonNode value) {
    return value.isNumber()
        ? String.format(Locale.ROOT, "%." + digits + "f", value.asDouble())
        : "-";
  }

  private static void printSymbols(JsonNode symbols, PrintWriter out) {
    if (symbols.isMissingNode()) {
      return;
    }
    if (symbols.has("failed")) {
      out.println("  hot symbols: FAILED: " + symbols.path("failed").asText());
      return;
    }
    out.printf("  hot symbols, self %% of %,d samples%n", symbols.path("samples").asLong());
    for (JsonNode box : symbols.path("boxes")) {
      out.printf("    %6s  %s%n", decimals(1, box.path("self_percent")), box.path("box").asText());
    }
    for (JsonNode symbol : symbols.path("symbols")) {
      out.printf(
          "    %6s  %s (%s)%n",
          decimals(1, symbol.path("self_percent")),
          symbol.path("symbol").asText(),
          symbol.path("box").asText());
    }
  }

  private static void printCrashTest(JsonNode test, PrintWriter out) {
    if (!test.isMissingNode()) {
      String result =
          test.has("failed")
              ? "FAILED: " + test.path("failed").asText()
              : test.path("result").asText();
      out.println("  crash test, " + test.path("configuration").asText() + ": " + result);
    }
  }
}
