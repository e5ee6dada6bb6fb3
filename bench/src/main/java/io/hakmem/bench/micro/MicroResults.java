package io.hakmem.bench.micro;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.result.Provenance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.util.Statistics;

/** What was measured, as a table, as JSON and as a page. */
public final class MicroResults {

  private static final double MEDIAN = 50;
  private static final double CONFIDENCE = 0.999;
  private static final JsonMapper JSON = new JsonMapper();

  private static final Table<Measured> FIGURES =
      Table.of(
          "",
          List.of(
              Column.text("%s", "benchmark", Measured::label),
              Column.number("%s", "median", row -> figure(row.statistics().getPercentile(MEDIAN))),
              Column.number("%s", "mean", row -> figure(row.statistics().getMean())),
              Column.number(
                  "%s", "+- 99.9 %", row -> figure(row.statistics().getMeanErrorAt(CONFIDENCE))),
              Column.text("%s", "unit", Measured::unit),
              Column.figure("%s", "n", 0, row -> (double) row.statistics().getN()),
              Column.text("%s", "what it measures", row -> row.benchmark().meaning())));

  private final List<Measured> measured = new ArrayList<>();

  private record Measured(Microbenchmark benchmark, RunResult result) {

    String label() {
      StringBuilder label = new StringBuilder(benchmark.label());
      for (String name : result.getParams().getParamsKeys()) {
        label.append(' ').append(name).append('=').append(result.getParams().getParam(name));
      }
      return label.toString();
    }

    Statistics statistics() {
      return result.getPrimaryResult().getStatistics();
    }

    String unit() {
      return result.getPrimaryResult().getScoreUnit();
    }

    /**
     * An error of two iterations is none.
     *
     * @param prefix what the names of all bars begin with, and is left out
     */
    Bar bar(String prefix) {
      double mean = statistics().getMean();
      double error = statistics().getMeanErrorAt(CONFIDENCE);
      boolean known = !Double.isNaN(error);
      return new Bar(
          label().substring(prefix.length()),
          Family.HAKMEM,
          mean,
          known ? (Double) (mean - error) : null,
          known ? (Double) (mean + error) : null,
          benchmark.meaning());
    }
  }

  /** Adds those of a benchmark. */
  public void add(Microbenchmark benchmark, Collection<RunResult> results) {
    results.forEach(result -> measured.add(new Measured(benchmark, result)));
  }

  /** Prints a line each, and what profilers say below it. */
  public void print(PrintWriter out) {
    int width = measured.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    String format = "%-" + Math.max(width, "benchmark".length()) + "s %14s %14s %14s  %-6s %4s%n";
    out.printf(format, "benchmark", "median", "mean", "+- 99.9 %", "unit", "n");
    for (Measured row : measured) {
      Statistics all = row.statistics();
      out.printf(
          format,
          row.label(),
          figure(all.getPercentile(MEDIAN)),
          figure(all.getMean()),
          figure(all.getMeanErrorAt(CONFIDENCE)),
          row.unit(),
          all.getN());
      row.result.getSecondaryResults().forEach((name, result) -> printMore(name, result, out));
    }
    out.flush();
  }

  private static void printMore(String name, Result<?> result, PrintWriter out) {
    if (Double.isNaN(result.getScore())) {
      result.extendedInfo().lines().forEach(line -> out.println("    " + line));
    } else {
      out.printf("    %s %s %s%n", name, figure(result.getScore()), result.getScoreUnit());
    }
  }

  /** Small figures have more digits; an error of two iterations is none. */
  private static String figure(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  /** The results in JMH's own format, each with its module and meaning. */
  public List<ObjectNode> fields() throws IOException {
    List<ObjectNode> fields = new ArrayList<>();
    for (Measured row : measured) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(row.result));
      }
      ObjectNode ofJmh = (ObjectNode) JSON.readTree(text.toByteArray()).path(0);
      ofJmh.remove("jvm"); // A path on the machine, which says nothing to others.
      ObjectNode field = JSON.createObjectNode();
      field.put("module", row.benchmark.module());
      field.put("meaning", row.benchmark.meaning());
      field.setAll(ofJmh);
      fields.add(field);
    }
    return fields;
  }

  /** The name of the class is left out where it is that of all: labels are short. */
  private static Chart chart(String unit, List<Measured> rows) {
    String first = rows.getFirst().label();
    String ofClass = first.substring(0, first.indexOf('.') + 1);
    boolean isOfAll = rows.stream().allMatch(row -> row.label().startsWith(ofClass));
    String prefix = isOfAll ? ofClass : "";
    String title = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + ": ";
    return Chart.Bars.ofAnySize(
        title + "mean and its 99.9 % interval",
        unit,
        rows.stream().map(row -> row.bar(prefix)).toList());
  }

  /** The means with their errors as a page. */
  public String page(Provenance from) {
    HtmlPage page =
        new HtmlPage(
            "Single operations",
            new Conclusion(
                Tone.NEUTRAL,
                "%d benchmarks of single operations, each with the 99.9 %% interval of its mean."
                    .formatted(measured.size())));
    Map<String, List<Measured>> byUnit = new LinkedHashMap<>();
    for (Measured row : measured) {
      byUnit.computeIfAbsent(row.unit(), _ -> new ArrayList<>()).add(row);
    }
    byUnit.forEach(
        (unit, rows) -> {
          page.section("In " + unit);
          page.chart(chart(unit, rows));
        });
    page.section("All figures");
    page.table(FIGURES, measured, _ -> "");
    page.provenance(from);
    return page.end();
  }
}
