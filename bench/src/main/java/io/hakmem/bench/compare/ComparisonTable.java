package io.hakmem.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A comparison for people and as JSON. It has at least one round.
 *
 * @param workload what was run
 * @param comparison what came of it
 */
public record ComparisonTable(String workload, Comparison comparison) {

  private static final String ROW = "  %-13s %9s %9s %8s %9s  %s%n";

  /** Prints medians, ratios to A, counters and the verdict. */
  public void print(PrintWriter out) {
    out.println(workload + " (M ops/s)");
    out.printf(
        "  JDK %s, %d CPUs, JVM options: %s%n",
        jdk(), cpus(), options().isEmpty() ? "-" : options());
    out.println("  A  " + comparison.configuration(Side.A).label());
    out.println("  B  " + comparison.configuration(Side.B).label());
    printRounds(out);
    out.printf(ROW, "median", "cold", "steady", "cold/A", "steady/A", "95 % interval");
    for (Side side : Side.values()) {
      printRow(side, out);
    }
    printCounters(out);
    printVerdict(out);
    out.flush();
  }

  private void printRounds(PrintWriter out) {
    out.printf(
        "  %d rounds, each of A, B and A again as control, each in its own JVM%n",
        comparison.rounds());
    comparison.dropped().forEach(line -> out.println("  dropped: " + line));
  }

  private void printRow(Side side, PrintWriter out) {
    Estimate steady = comparison.ratio(side, Comparison.STEADY);
    boolean divided = side != Side.A;
    out.printf(
        ROW,
        side,
        decimals(2, comparison.median(side, Comparison.COLD)),
        decimals(2, comparison.median(side, Comparison.STEADY)),
        divided ? decimals(3, comparison.ratio(side, Comparison.COLD).median()) : "",
        divided ? decimals(3, steady.median()) : "",
        divided ? decimals(3, steady.low()) + " to " + decimals(3, steady.high()) : "-");
  }

  private void printCounters(PrintWriter out) {
    JsonNode ofA = comparison.counters(Side.A);
    JsonNode ofB = comparison.counters(Side.B);
    Set<String> names = new TreeSet<>();
    ofA.fieldNames().forEachRemaining(names::add);
    ofB.fieldNames().forEachRemaining(names::add);
    out.printf("  %-28s %15s %15s%n", "counters of the last forks", "A", "B");
    for (String name : names) {
      out.printf("    %-26s %15s %15s%n", name, count(ofA.path(name)), count(ofB.path(name)));
    }
  }

  private void printVerdict(PrintWriter out) {
    if (comparison.isSame()) {
      out.println("  same: A and B are the same configuration");
    }
    String reason = comparison.voidReason();
    if (reason != null) {
      out.println("  void: " + reason);
    }
    out.println("  verdict: " + comparison.verdict() + ", " + comparison.verdict().meaning());
  }

  /** The same facts as a JSON value. */
  public Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("workload", workload);
    fields.put("jdk", jdk());
    fields.put("cpus", cpus());
    fields.put("jvm_options", options());
    fields.put("rounds", comparison.rounds());
    fields.put("dropped", comparison.dropped());
    for (Side side : Side.values()) {
      fields.put(side.name().toLowerCase(Locale.ROOT), fields(side));
    }
    fields.put("same_configuration", comparison.isSame());
    fields.put("void", comparison.voidReason());
    fields.put("cold_verdict", comparison.coldVerdict().toString());
    fields.put("verdict", comparison.verdict().toString());
    return fields;
  }

  private Map<String, Object> fields(Side side) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("configuration", comparison.configuration(side).text());
    fields.put("cold_mops", rounded(comparison.median(side, Comparison.COLD)));
    fields.put("steady_mops", rounded(comparison.median(side, Comparison.STEADY)));
    if (side != Side.A) {
      Estimate cold = comparison.ratio(side, Comparison.COLD);
      fields.put("cold_ratio", rounded(cold.median()));
      fields.put("cold_ratio_low", rounded(cold.low()));
      fields.put("cold_ratio_high", rounded(cold.high()));
      Estimate steady = comparison.ratio(side, Comparison.STEADY);
      fields.put("steady_ratio", rounded(steady.median()));
      fields.put("steady_ratio_low", rounded(steady.low()));
      fields.put("steady_ratio_high", rounded(steady.high()));
    }
    fields.put("counters", comparison.counters(side));
    return fields;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private static String jdk() {
    return Runtime.version().toString();
  }

  private static int cpus() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** What the forks are started with, beside what each needs. */
  private static String options() {
    String options = System.getenv("HAKMEM_JAVA_OPTS");
    return options == null ? "" : options.strip();
  }

  private static String count(JsonNode counter) {
    return counter.isMissingNode() ? "-" : String.format(Locale.ROOT, "%,d", counter.asLong());
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
