package io.hakmem.bench.report;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Map;

/** Prints the fields of a report for people. */
public final class TextReport {

  private TextReport() {}

  /** Prints one field a line, and the lines of what has several below its name. */
  public static void print(Map<String, Object> fields, PrintWriter out) {
    fields.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> counters) {
            out.println(name.replace('_', ' '));
            counters.forEach((key, count) -> out.printf("  %-28s %s%n", key, count));
          } else if (value instanceof String text && text.contains("\n")) {
            out.println(name.replace('_', ' '));
            text.lines().forEach(line -> out.println("  " + line));
          } else {
            out.printf("%-30s %s%n", name.replace('_', ' '), shown(name, value));
          }
        });
    out.flush();
  }

  private static String shown(String name, Object value) {
    if (value instanceof Collection<?> values) {
      return String.join(" ", values.stream().map(String::valueOf).toList());
    }
    if (name.endsWith("_bytes") && value instanceof Long bytes) {
      return bytes < 0 ? "unknown" : "%d (%.1f MiB)".formatted(bytes, bytes / 1048576.0);
    }
    if (name.endsWith("_mops")) {
      return value + " M ops/s";
    }
    return String.valueOf(value);
  }
}
