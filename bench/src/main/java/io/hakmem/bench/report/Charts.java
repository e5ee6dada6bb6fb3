package io.hakmem.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Bars of results, each series with one for each name. */
public final class Charts {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 480;
  private static final int STEEP = 25;
  private static final int FEW = 4;
  private static final double FAR_APART = 100;

  private final CategoryChart chart;

  /** A chart without bars. */
  Charts(String title, String unit) {
    // Read by the toolkit when it starts: a server has no display.
    System.setProperty("java.awt.headless", "true");
    chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
  }

  /** Adds bars, and the lengths of their errors, drawn in both directions, if there are any. */
  void add(String series, List<String> labels, List<Double> values, @Nullable List<Double> errors) {
    List<String> names = new ArrayList<>();
    labels.forEach(label -> names.add(unique(label, names)));
    if (names.size() > FEW) {
      chart.getStyler().setXAxisLabelRotation(STEEP);
    }
    chart.addSeries(series, names, values, errors);
  }

  /** A category occurs once in a chart. */
  private static String unique(String name, List<String> names) {
    String candidate = name;
    for (int i = 2; names.contains(candidate); i++) {
      candidate = name + " (" + i + ")";
    }
    return candidate;
  }

  /** The picture as a PNG file. */
  byte[] png() throws IOException {
    return ChartEncoder.getBytes(chart, "PNG");
  }

  /**
   * Means with their errors, as a PNG file.
   *
   * @param errors of each mean, in both directions; what is no number is left out
   */
  public static byte[] means(
      List<String> labels, List<Double> means, List<Double> errors, String unit)
      throws IOException {
    Charts bars = new Charts("Mean and its 99.9 % interval", unit);
    double least = means.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = means.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (least > 0 && most / least > FAR_APART) {
      // A logarithmic axis has no zero, where bars begin and errors may end.
      bars.chart.getStyler().setYAxisLogarithmic(true);
      bars.chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
    }
    bars.add("mean", labels, means, errors.stream().map(e -> e.isNaN() ? 0 : e).toList());
    bars.chart.getStyler().setLegendVisible(false);
    return bars.png();
  }
}
