package io.hakmem.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The charts of a report, as pictures that stand inside of the page. */
final class Charts {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 360;
  private static final int STEEP = 25;
  private static final int FEW = 4;

  private Charts() {}

  /** Throughput of baselines and variants, cold and steady. */
  static String throughput(JsonNode phase) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> cold = new ArrayList<>();
    List<Double> steady = new ArrayList<>();
    String baseline = "";
    for (JsonNode row : measured(phase)) {
      String group = row.path("workload").asText() + row.path("baseline").asText();
      if (!group.equals(baseline)) {
        baseline = group;
        add(row, "a", name(phase, row, "baseline"), names, cold, steady);
      }
      add(row, "b", name(phase, row, "label"), names, cold, steady);
    }
    CategoryChart chart = chart("Medians", "M ops/s", names.size());
    chart.addSeries("cold", names, cold);
    chart.addSeries("steady", names, steady);
    return picture(chart);
  }

  private static void add(
      JsonNode row,
      String side,
      String name,
      List<String> names,
      List<Double> cold,
      List<Double> steady) {
    names.add(unique(name, names));
    cold.add(row.path(side).path("cold_mops").asDouble());
    steady.add(row.path(side).path("steady_mops").asDouble());
  }

  /** The ratios to the baseline, in percent, each with its interval and the control beside it. */
  static String ratios(JsonNode phase) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    List<Double> controls = new ArrayList<>();
    List<Double> controlErrors = new ArrayList<>();
    for (JsonNode row : measured(phase)) {
      names.add(unique(name(phase, row, "label"), names));
      addRatio(row.path("b"), ratios, errors);
      addRatio(row.path("control"), controls, controlErrors);
    }
    CategoryChart chart = chart("Steady state against the baseline", "change in %", names.size());
    chart.addSeries("B / A", names, ratios, errors);
    chart.addSeries("control: A / A", names, controls, controlErrors);
    return picture(chart);
  }

  /** A bar has one length of error on both sides: the larger one is drawn. */
  private static void addRatio(JsonNode side, List<Double> ratios, List<Double> errors) {
    double ratio = side.path("steady_ratio").asDouble();
    ratios.add((ratio - 1) * 100);
    errors.add(
        100
            * Math.max(
                side.path("steady_ratio_high").asDouble() - ratio,
                ratio - side.path("steady_ratio_low").asDouble()));
  }

  /** Self time by box. */
  static String boxes(JsonNode symbols) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> percent = new ArrayList<>();
    for (JsonNode box : symbols.path("boxes")) {
      names.add(box.path("box").asText());
      percent.add(box.path("self_percent").asDouble());
    }
    CategoryChart chart = chart("Self time of the measured loop", "%", names.size());
    chart.addSeries("self %", names, percent);
    return picture(chart);
  }

  static List<JsonNode> measured(JsonNode phase) {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row : phase.path("rows")) {
      if (!row.has("failed")) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Loads of different length or sizes in one phase are told apart. */
  private static String name(JsonNode phase, JsonNode row, String field) {
    long workloads =
        measured(phase).stream().map(each -> each.path("workload").asText()).distinct().count();
    String label = row.path(field).asText();
    if (workloads == 1) {
      return label;
    }
    String kind = row.path("workload").asText().replaceFirst(",.*", "");
    return "%s, %s %,d".formatted(label, kind, row.path("ops").asLong());
  }

  /** A category occurs once in a chart. */
  private static String unique(String name, List<String> names) {
    String candidate = name;
    for (int i = 2; names.contains(candidate); i++) {
      candidate = name + " (" + i + ")";
    }
    return candidate;
  }

  private static CategoryChart chart(String title, String unit, int bars) {
    // Read by the toolkit when it starts: a server has no display.
    System.setProperty("java.awt.headless", "true");
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(bars > FEW ? HEIGHT + HEIGHT / 3 : HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setXAxisLabelRotation(bars > FEW ? STEEP : 0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private static String picture(CategoryChart chart) throws IOException {
    byte[] png = ChartEncoder.getBytes(chart, "PNG");
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
