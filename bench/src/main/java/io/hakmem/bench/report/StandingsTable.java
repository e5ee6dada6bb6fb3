package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Peers for terminals. */
public final class StandingsTable {

  private static final String ROW = "  %-23s %8s %8s %7s %7s %13s %8s %8s %6s %7s %9s%n";
  private static final double MIB = 1 << 20;

  private StandingsTable() {}

  /** Prints one line for each row. */
  public static void print(JsonNode standings, PrintWriter out) {
    out.println(standings.path("title").asText());
    out.printf(
        ROW,
        "",
        "cold",
        "steady",
        "net ns",
        "hakmem/",
        "95 %",
        "peak",
        "retained",
        "of its",
        "p99.9",
        "max");
    out.printf(ROW, "", "M/s", "M/s", "per op", "it", "interval", "MiB", "MiB", "peak", "ns", "us");
    standings.path("rows").forEach(row -> line(row, out));
    out.flush();
  }

  private static void line(JsonNode row, PrintWriter out) {
    String name = row.path("name").asText();
    if (row.has("absent")) {
      out.printf("  %-23s absent: %s%n", name, row.path("absent").asText());
      return;
    }
    List<Object> line = new ArrayList<>(List.of(name));
    line.addAll(figures(row));
    out.printf(ROW, line.toArray());
  }

  /** The figures of a row that is there, in the order of the columns. */
  static List<String> figures(JsonNode row) {
    return List.of(
        decimals(1, row.path("cold_mops"), 1),
        decimals(1, row.path("steady_mops"), 1),
        decimals(2, row.path("net_ns"), 1),
        decimals(3, row.path("hakmem_ratio"), 1),
        interval(row),
        decimals(1, row.path("peak_rss_growth_bytes"), MIB),
        decimals(1, row.path("burst_retained_bytes"), MIB),
        percent(row.path("burst_retained_percent")),
        decimals(0, row.path("allocate_p999_ns"), 1),
        decimals(1, row.path("allocate_max_ns"), 1e3));
  }

  private static String interval(JsonNode row) {
    return row.has("hakmem_ratio")
        ? decimals(3, row.path("hakmem_ratio_low"), 1)
            + ".."
            + decimals(3, row.path("hakmem_ratio_high"), 1)
        : "-";
  }

  private static String percent(JsonNode value) {
    return value.isNumber() ? decimals(1, value, 1) + "%" : "-";
  }

  /** What was not measured is a dash. */
  private static String decimals(int digits, JsonNode value, double unit) {
    return value.isNumber()
        ? String.format(Locale.ROOT, "%." + digits + "f", value.asDouble() / unit)
        : "-";
  }
}
