package io.hakmem.bench.report;

import io.hakmem.Stats;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the fields of a report for people: figures with their units. */
public final class TextReport {

  private static final String ROW = "%-27s  %s%n";

  /** What the names of fields leave out. A field without an entry is shown by its own name. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("ops", "operations a round"),
          Map.entry("slots", "slots of a thread"),
          Map.entry("min_bytes", "smallest request"),
          Map.entry("max_bytes", "largest request"),
          Map.entry("cold_mops", "cold first round"),
          Map.entry("steady_mops", "steady state, median"),
          Map.entry("steady_ns_per_op", "the same, per operation"),
          Map.entry("runs_mops", "steady state, each round"),
          Map.entry("rounds", "rounds, warm-up included"),
          Map.entry("allocs", "allocations a round"),
          Map.entry("frees", "frees a round"),
          Map.entry("peak_live", "live at most"),
          Map.entry("peak_live_bytes", "live at most, as asked for"),
          Map.entry("peak_resident_bytes", "resident at most"),
          Map.entry("committed_peak_bytes", "held by the allocator"),
          Map.entry("verified_blocks", "found unchanged when freed"),
          Map.entry("peak_usable_bytes", "usable in blocks at most"),
          Map.entry("internal_waste", "usable beyond what is asked"),
          Map.entry("process_resident_bytes", "whole process now"),
          Map.entry("process_peak_resident_bytes", "whole process at most"),
          Map.entry("page_faults_cold", "page faults, cold"),
          Map.entry("page_faults_steady", "page faults, steady"));

  private static final String COMPOSED = "composed";
  private static final String SAMPLES = "memory_samples";

  private static final Table<Stats.SizeClass> CLASSES =
      Table.of(
          "  ",
          List.of(
              Column.text("%-25s", "size classes", Stats.SizeClass::box),
              Column.number("%9s", "block", each -> bytes(each.blockBytes())),
              Column.number("%6s", "pages", each -> grouped(each.pages())),
              Column.number("%9s", "live", each -> bytes(each.liveBytes())),
              Column.number("%9s", "cached", each -> bytes(each.cachedBytes())),
              Column.number("%13s", "allocations", each -> grouped(each.allocations())),
              Column.number("%13s", "frees", each -> grouped(each.frees()))));

  private TextReport() {}

  /** Prints what was measured, and of HAKMEM the size classes that were used. */
  public static void print(Report report, PrintWriter out) {
    Map<String, Object> fields = new LinkedHashMap<>(Json.fields(report));
    fields.remove(COMPOSED); // Its first part is among the fields as text.
    fields.remove(SAMPLES); // A page draws them.
    print(fields, out);
    Report.Composed composed = report.composed();
    if (composed != null) {
      CLASSES.print(composed.sizeClasses(), out);
      out.flush();
    }
  }

  /** Prints one field a line, and the lines of what has several below its name. */
  static void print(Map<String, Object> fields, PrintWriter out) {
    fields.forEach(
        (name, value) -> {
          if (name.equals("statistics") && value instanceof Collection<?> lines) {
            lines.forEach(out::println);
          } else if (value instanceof Map<?, ?> counters) {
            out.println(label(name));
            counters.forEach((key, count) -> out.printf(ROW, "  " + key, grouped(count)));
          } else if (value instanceof String text && text.contains("\n")) {
            out.println(label(name));
            chosen(text.lines().toList()).forEach(line -> out.println("  " + line));
          } else {
            out.printf(ROW, label(name), shown(name, value));
          }
        });
    out.flush();
  }

  private static String label(String name) {
    return LABELS.getOrDefault(name, name.replace('_', ' '));
  }

  /** Leaves out the gates that nobody set, of which there are more than of all other lines. */
  private static List<String> chosen(List<String> composition) {
    List<String> lines = new ArrayList<>(composition);
    lines.removeIf(line -> line.startsWith("gate ") && line.endsWith(" (default)"));
    int left = composition.size() - lines.size();
    if (left > 0) {
      lines.add("gates        " + left + " at their defaults");
    }
    return lines;
  }

  private static String shown(String name, Object value) {
    if (value instanceof Collection<?> values) {
      return String.join(" ", values.stream().map(TextReport::grouped).toList()) + unit(name);
    }
    if (name.endsWith("_bytes") && value instanceof Number bytes) {
      return bytes.longValue() < 0 ? "unknown" : bytes(bytes.longValue());
    }
    if (name.equals("internal_waste") && value instanceof Double part) {
      return format("%.1f %%", 100 * part);
    }
    return name.equals("seed") ? value.toString() : grouped(value) + unit(name);
  }

  private static String unit(String name) {
    if (name.endsWith("_mops")) {
      return " M ops/s";
    }
    return switch (name) {
      case "steady_ns_per_op" -> " ns";
      case "allocs", "frees", "peak_live", "verified_blocks" -> " blocks";
      default -> "";
    };
  }

  private static String bytes(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? format("%.1f KiB", bytes / 1024.0)
        : format("%.1f MiB", bytes / 1048576.0);
  }

  private static String grouped(Object value) {
    if (value instanceof Double number) {
      return format("%.3f", number);
    }
    return value instanceof Number number ? format("%,d", number.longValue()) : value.toString();
  }

  /** The same in every country. */
  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
