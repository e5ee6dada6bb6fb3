package io.hakmem.bench.tune;

import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.tune.TuneResult.Line;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a search came to, for people and for {@code HAKMEM_CONFIG}. */
public final class TuneText {

  private static final int SHOWN = 12;

  /** What the star of a line says. */
  static final String FRONT = "* no other is both faster and leaner";

  static final Table<Line> LINES =
      Table.of(
          "",
          List.of(
              Column.text("%1s", "*", line -> line.isFront() ? "*" : ""),
              Column.number("%-20s", "speed", line -> line.text(line.speed())),
              Column.number("%-20s", "leanness", line -> line.text(line.leanness())),
              Column.figure("%6s", "rounds", 0, Line::rounds),
              Column.text(" %s", "configuration", Line::configuration)));

  private TuneText() {}

  /** Prints the recommendation first. */
  public static void print(TuneResult result, PrintWriter out) {
    out.println(result.conclusion());
    out.println();
    out.println(
        "On the part of the traces that was held back, beside %s (beside itself: %s):"
            .formatted(result.base(), result.noise().text()));
    LINES.print(result.heldBack(), out);
    out.println();
    out.println(
        "On the part that was searched on, the best of %d; the time was enough for %d:"
            .formatted(result.candidates(), result.looked()));
    LINES.print(result.search().stream().limit(SHOWN).toList(), out);
    out.println();
    out.println(FRONT);
  }

  /** The lines of a properties file. */
  public static List<String> properties(TuneResult result) {
    return Stream.concat(
            Stream.of("# hakmem tune: " + result.conclusion()),
            result.settings().entrySet().stream().map(TuneText::property))
        .toList();
  }

  private static String property(Map.Entry<String, String> gate) {
    return gate.getKey() + "=" + gate.getValue();
  }
}
