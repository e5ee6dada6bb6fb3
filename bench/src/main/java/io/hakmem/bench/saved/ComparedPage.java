package io.hakmem.bench.saved;

import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.saved.Compared.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results beside each other, for terminals and as a page. */
final class ComparedPage {

  /** Of the results, in their order. */
  private static final List<Family> COLOURS =
      List.of(Family.HAKMEM, Family.NATIVE, Family.JVM, Family.CONTROL, Family.OTHER);

  private final Compared compared;

  ComparedPage(Compared compared) {
    this.compared = compared;
  }

  /** Prints the results, a line for each figure, and what they come to. */
  void print(PrintWriter out) {
    out.println(compared.results().getFirst().workload());
    for (int at = 0; at < compared.results().size(); at++) {
      Saved saved = compared.results().get(at);
      out.printf("  %s  %s, %s%n", number(at), saved.file(), saved.when());
    }
    int width = compared.rows().stream().mapToInt(row -> label(row).length()).max().orElse(0);
    table("  ", "%-" + width + "s", "%26s").print(compared.rows(), out);
    out.println("  " + compared.sentence());
  }

  private Table<Row> table(String indent, String first, String others) {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(Column.text(first, "figure", ComparedPage::label));
    for (int at = 0; at < compared.results().size(); at++) {
      int shown = at;
      columns.add(Column.number(others, number(at), row -> cell(row.figures().get(shown))));
    }
    columns.add(Column.text(" %s", "differs", row -> differs(row) ? "yes" : ""));
    return Table.of(indent, columns);
  }

  private boolean differs(Row row) {
    return compared.differing().contains(row);
  }

  private static String label(Row row) {
    return row.name() + " (" + row.unit() + ")";
  }

  private static String number(int at) {
    return "[" + (at + 1) + "]";
  }

  private static String cell(@Nullable Figure figure) {
    if (figure == null) {
      return "-";
    }
    String value = Table.decimals(2, figure.value());
    return figure.low() == null
        ? value
        : "%s (%s to %s)"
            .formatted(value, Table.decimals(2, figure.low()), Table.decimals(2, figure.high()));
  }

  /** The page. */
  String page() {
    HtmlPage page =
        new HtmlPage(
            "Results beside each other: " + compared.results().getFirst().workload(),
            new Conclusion(Tone.NEUTRAL, compared.sentence()));
    Map<String, List<Row>> byUnit = new LinkedHashMap<>();
    compared
        .rows()
        .forEach(row -> byUnit.computeIfAbsent(row.unit(), _ -> new ArrayList<>()).add(row));
    byUnit.forEach(
        (unit, rows) -> {
          page.section("In " + unit);
          page.chart(new Chart.Bars("All results", unit, false, bars(rows), List.of(), legend()));
        });
    page.section("All figures");
    page.table(table("", "%s", "%s"), compared.rows(), row -> differs(row) ? "unsure" : "");
    for (int at = 0; at < compared.results().size(); at++) {
      Saved saved = compared.results().get(at);
      page.section(number(at) + " " + saved.file().getFileName());
      page.paragraph("Command: ", saved.from().command());
      page.rows(saved.from().machine());
    }
    return page.end();
  }

  private Map<Family, String> legend() {
    Map<Family, String> legend = new EnumMap<>(Family.class);
    for (int at = 0; at < compared.results().size(); at++) {
      String name = number(at) + " " + compared.results().get(at).when();
      legend.merge(COLOURS.get(at % COLOURS.size()), name, (one, other) -> one + "; " + other);
    }
    return legend;
  }

  private List<Bar> bars(List<Row> rows) {
    List<Bar> bars = new ArrayList<>();
    for (Row row : rows) {
      for (int at = 0; at < row.figures().size(); at++) {
        Figure figure = row.figures().get(at);
        if (figure != null) {
          Saved saved = compared.results().get(at);
          bars.add(
              new Bar(
                  number(at) + " " + row.name(),
                  COLOURS.get(at % COLOURS.size()),
                  figure.value(),
                  figure.low(),
                  figure.high(),
                  saved.when()));
        }
      }
    }
    return bars;
  }
}
