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

/** Charts of results: those of a report are pictures that stand inside of the page. */
public final class Charts {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 360;
  private static final int STEEP = 25;
  private static final int FEW = 4;
  private static final double FAR_APART = 100;

  private Charts() {}

  /** The medians of baselines and variants: a field of each side of the rows. */
  static String medians(List<JsonNode> rows, String field, String title) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    String baseline = "";
    for (JsonNode row : rows) {
      if (!row.path("baseline").asText().equals(baseline)) {
        baseline = row.path("baseline").asText();
        names.add(unique(baseline, names));
        medians.add(row.path("a").path(field).asDouble());
      }
      names.add(unique(row.path("label").asText(), names));
      medians.add(row.path("b").path(field).asDouble());
    }
    CategoryChart chart = chart(title, "M ops/s", names.size());
    chart.addSeries("median", names, medians);
    return picture(chart);
  }

  /** The ratios to the baseline, in percent, each with its interval and the control beside it. */
  static String ratios(List<JsonNode> rows, String title) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    List<Double> controls = new ArrayList<>();
    List<Double> controlErrors = new ArrayList<>();
    for (JsonNode row : rows) {
      names.add(unique(row.path("label").asText(), names));
      addRatio(row.path("b"), ratios, errors);
      addRatio(row.path("control"), controls, controlErrors);
    }
    CategoryChart chart = chart(title, "change in %", names.size());
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

  /** One bar for each row that has the field, the rest left out. */
  static String bars(JsonNode rows, String field, String title, String unit) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (JsonNode row : rows) {
      if (row.path(field).isNumber()) {
        names.add(row.path("name").asText());
        values.add(row.path(field).asDouble());
      }
    }
    CategoryChart chart = chart(title, unit, names.size());
    chart.addSeries("median", names, values);
    return picture(chart);
  }

  /**
   * Means with their errors, as a PNG file.
   *
   * @param errors of each mean, in both directions; what is no number is left out
   */
  public static byte[] means(
      List<String> labels, List<Double> means, List<Double> errors, String unit)
      throws IOException {
    List<String> names = new ArrayList<>();
    labels.forEach(label -> names.add(unique(label, names)));
    CategoryChart chart = chart("Mean and its 99.9 % interval", unit, names.size());
    List<Double> drawn = errors.stream().map(error -> error.isNaN() ? 0 : error).toList();
    double least = means.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = means.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (least > 0 && most / least > FAR_APART) {
      // A logarithmic axis has no zero, where bars begin and errors may end.
      chart.getStyler().setYAxisLogarithmic(true);
      chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
    }
    chart.addSeries("mean", names, means, drawn);
    chart.getStyler().setLegendVisible(false);
    return ChartEncoder.getBytes(chart, "PNG");
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
