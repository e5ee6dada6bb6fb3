package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Subjects under one load, like beside like, with the ratio of HAKMEM to each. */
public final class PeerTable {

  /** Only a filled replay has it. */
  private static final String FILLED = "peak_usable_bytes";

  private final String title;
  private final String floor;
  private final Map<String, List<JsonNode>> results = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Map<String, String> rivals = new LinkedHashMap<>();

  /** An empty table; {@code floor} names the row of the loop without allocator. */
  public PeerTable(String title, String floor) {
    this.title = title;
    this.floor = floor;
  }

  /** Adds a row that is compared with {@code hakmem}, which may be itself. */
  public void addRow(String row, String hakmem) {
    results.put(row, new ArrayList<>());
    rivals.put(row, hakmem);
  }

  /** Adds one JVM's report to a row. */
  public void add(String row, JsonNode report) {
    results.getOrDefault(row, List.of()).add(report);
  }

  /** Notes why a row has no figures. */
  public void addAbsent(String row, String reason) {
    absent.put(row, reason);
  }

  /** What was run. */
  public String title() {
    return title;
  }

  /** Prints the medians. */
  public void print(PrintWriter out) {
    out.println(title);
    out.printf(
        "  %-20s %9s %9s %8s %9s %12s %5s%n",
        "subject",
        "cold",
        "steady",
        "net ns",
        "hakmem/it",
        isFilled() ? "resident MiB" : "process MiB",
        "runs");
    results.keySet().forEach(row -> out.println("  " + line(row)));
    out.flush();
  }

  private String line(String row) {
    List<JsonNode> runs = results.getOrDefault(row, List.of());
    if (runs.isEmpty()) {
      return "%-20s absent: %s".formatted(row, absent.getOrDefault(row, "no result"));
    }
    return "%-20s %9s %9s %8s %9s %12s %5d"
        .formatted(
            row,
            decimals(2, median(row, "cold_mops")),
            decimals(2, median(row, "steady_mops")),
            decimals(2, netNs(row)),
            decimals(2, ratio(row)),
            decimals(1, median(row, memoryField()) / 1048576.0),
            runs.size());
  }

  /**
   * Like beside like: what the kernel says of each process, since most subjects cannot tell what
   * they hold. A filled replay says what is resident where its blocks are, other loads only how
   * large the process was.
   */
  private String memoryField() {
    return isFilled() ? "peak_resident_bytes" : "process_peak_resident_bytes";
  }

  private boolean isFilled() {
    return results.values().stream().flatMap(List::stream).anyMatch(run -> run.has(FILLED));
  }

  private static String decimals(int digits, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "-";
  }

  /** What the allocator adds to the loop, for each operation. */
  private double netNs(String row) {
    return 1e3 / median(row, "steady_mops") - 1e3 / median(floor, "steady_mops");
  }

  /** The rows as a JSON value. */
  public Map<String, Object> fields() {
    Map<String, Object> rows = new LinkedHashMap<>();
    results.forEach(
        (row, runs) ->
            rows.put(
                row,
                runs.isEmpty()
                    ? Map.of("absent", absent.getOrDefault(row, "no result"))
                    : fields(row)));
    return rows;
  }

  private Map<String, @Nullable Object> fields(String row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("cold_mops", finite(median(row, "cold_mops")));
    fields.put("steady_mops", finite(median(row, "steady_mops")));
    fields.put("net_ns", finite(netNs(row)));
    fields.put(memoryField(), finite(median(row, memoryField())));
    fields.put("hakmem_ratio", finite(ratio(row)));
    fields.put("runs", results.getOrDefault(row, List.of()).size());
    return fields;
  }

  /** JSON has no NaN: what is unknown is null there. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private double ratio(String row) {
    return median(rivals.getOrDefault(row, row), "steady_mops") / median(row, "steady_mops");
  }

  private double median(String row, String field) {
    return median(
        results.getOrDefault(row, List.of()), report -> report.path(field).asDouble(Double.NaN));
  }

  private static double median(List<JsonNode> reports, ToDoubleFunction<JsonNode> field) {
    double[] sorted = reports.stream().mapToDouble(field).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
