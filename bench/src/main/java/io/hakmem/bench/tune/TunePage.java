package io.hakmem.bench.tune;

import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Mark;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.tune.TuneResult.Line;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a search came to, as a page. */
public final class TunePage {

  private static final Table<Map.Entry<String, String>> SETTINGS =
      Table.of(
          "",
          List.of(
              Column.code("gate", Map.Entry::getKey), Column.code("value", Map.Entry::getValue)));

  private TunePage() {}

  /** The page of a search that is over, or that was opened again. */
  public static String of(TuneResult result, Provenance from) {
    HtmlPage page =
        new HtmlPage(
            "Search by the objective " + result.objective(),
            new Conclusion(tone(result.verdict()), result.conclusion()));
    page.section("On what was held back");
    page.chart(chart("Speed", result, Line::speed));
    page.chart(chart("Leanness", result, Line::leanness));
    page.table(
        TuneText.LINES,
        result.heldBack(),
        line -> line.configuration().equals(result.recommended()) ? "good" : "");
    page.section("On what was searched on");
    page.paragraph(
        "",
        "%d of %d candidates ran. %s."
            .formatted(result.looked(), result.candidates(), TuneText.FRONT));
    page.table(TuneText.LINES, result.search(), _ -> "");
    page.section("For HAKMEM_CONFIG");
    page.table(SETTINGS, List.copyOf(result.settings().entrySet()), _ -> "");
    page.provenance(from);
    return page.end();
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case GO -> Tone.GOOD;
      case TOO_FEW -> Tone.UNSURE;
      default -> Tone.NEUTRAL;
    };
  }

  private static Chart chart(String title, TuneResult result, Function<Line, Estimate> figure) {
    List<Bar> bars = new ArrayList<>();
    result.heldBack().forEach(line -> bars.add(bar(line, Family.HAKMEM, figure)));
    bars.add(bar(result.noise(), Family.CONTROL, figure));
    return Chart.Bars.sorted(
        title + " to " + result.base() + "; above 1 is better",
        "times",
        bars,
        List.of(new Mark("the base", 1)));
  }

  private static Bar bar(Line line, Family family, Function<Line, Estimate> figure) {
    Estimate ratio = figure.apply(line);
    return new Bar(
        line.configuration(),
        family,
        ratio.median(),
        ratio.low(),
        ratio.high(),
        line.rounds() + " rounds");
  }
}
