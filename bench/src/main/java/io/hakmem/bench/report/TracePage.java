package io.hakmem.bench.report;

import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Line;
import io.hakmem.bench.trace.TraceInfo;
import io.hakmem.bench.trace.TraceText;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a trace holds, as a page of charts. */
public final class TracePage {

  private static final double KIB = 1 << 10;
  private static final double MIB = 1 << 20;

  /** Times of a trace that is longer are in seconds. */
  private static final double LONG_NS = 1e9;

  private TracePage() {}

  /** The whole page. */
  public static String of(String name, TraceInfo info) {
    HtmlPage page = new HtmlPage("Trace " + name, conclusion(info));
    page.section("What was recorded");
    info.warnings().forEach(sentence -> page.paragraph("Warning: ", sentence));
    page.paragraph(
        "",
        "%,d events of %,d threads%s: %,d allocations, %,d reallocations, %,d frees."
            .formatted(
                info.events(),
                info.threads(),
                info.hasTimes() ? " in " + TraceText.time(info, info.duration()) : "",
                info.allocations(),
                info.reallocations(),
                info.frees()));
    charts(info, page);
    return page.end();
  }

  private static Conclusion conclusion(TraceInfo info) {
    return new Conclusion(
        info.warnings().isEmpty() ? Tone.NEUTRAL : Tone.UNSURE,
        "At most %s are live at once, in %,d blocks."
            .formatted(TraceText.bytes(info.peakLiveBytes()), info.peakLiveBlocks()));
  }

  private static void charts(TraceInfo info, HtmlPage page) {
    live(info, page);
    chart(
        page,
        "Sizes up to",
        "allocations",
        info.sizes(),
        of -> TraceText.bytes(of.bytes()),
        TraceInfo.Size::count);
    chart(
        page,
        "Lifetimes up to",
        "blocks",
        info.lifetimes(),
        of -> TraceText.time(info, of.most()),
        TraceInfo.Lifetime::count);
    chart(
        page,
        "Threads with the most operations",
        "operations",
        info.busiest(),
        of -> "thread " + of.thread(),
        of -> of.allocations() + of.frees());
  }

  private static void live(TraceInfo info, HtmlPage page) {
    boolean isSmall = info.peakLiveBytes() < MIB;
    double nsOfUnit = info.duration() < LONG_NS ? 1e6 : 1e9;
    List<Line.Point> points =
        info.live().stream()
            .map(
                at ->
                    Line.Point.of(
                        info.hasTimes() ? at.at() / nsOfUnit : at.at(),
                        at.bytes() / (isSmall ? KIB : MIB)))
            .toList();
    if (points.isEmpty()) {
      return;
    }
    String seconds = info.duration() < LONG_NS ? "ms" : "s";
    page.section("Bytes that live over time");
    page.chart(
        new Chart.Lines(
            "Bytes that live over time",
            info.hasTimes() ? seconds : "events",
            isSmall ? "KiB" : "MiB",
            List.of(new Line("live", Family.OTHER, points)),
            List.of()));
  }

  private static <R> void chart(
      HtmlPage page,
      String title,
      String unit,
      List<R> rows,
      Function<R, String> label,
      ToDoubleFunction<R> value) {
    if (rows.isEmpty()) {
      return;
    }
    List<Bar> bars =
        rows.stream()
            .map(row -> Bar.of(label.apply(row), Family.OTHER, value.applyAsDouble(row)))
            .toList();
    page.section(title);
    page.chart(new Chart.Bars(title, unit, false, bars, List.of()));
  }
}
