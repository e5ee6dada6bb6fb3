package io.hakmem.bench.report;

import io.hakmem.bench.footprint.Bound;
import io.hakmem.bench.footprint.Cell;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.footprint.FootprintResult.Measured;
import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.HtmlPage.Conclusion;
import io.hakmem.bench.page.HtmlPage.Tone;
import io.hakmem.bench.page.Line;
import io.hakmem.bench.page.Mark;
import io.hakmem.bench.page.MemoryPart;
import io.hakmem.bench.result.Provenance;
import java.util.ArrayList;
import java.util.List;

/** What programs cost in memory as a page. */
public final class FootprintPage {

  private FootprintPage() {}

  /** The page of a measurement. */
  public static String of(FootprintResult result, Provenance from) {
    HtmlPage page = new HtmlPage("What programs keep of their memory", conclusion(result));
    page.section("All figures");
    page.table(FootprintTable.table(result), result.rows(), row -> misses(row) ? "bad" : "");
    for (Measured row : result.rows()) {
      page.section(row.name());
      page.paragraph("", row.meaning());
      chart(page, row);
      overTime(page, row);
      row.cells().stream()
          .filter(cell -> cell.failure() != null)
          .forEach(cell -> page.paragraph(cell.subject() + ": ", cell.failure()));
    }
    page.facts("What was run", result.scale());
    page.provenance(from);
    return page.end();
  }

  private static Conclusion conclusion(FootprintResult result) {
    List<Cell> judged =
        result.rows().stream()
            .flatMap(row -> row.cells().stream())
            .filter(cell -> cell.held() != null)
            .toList();
    List<String> missed =
        result.rows().stream().filter(FootprintPage::misses).map(Measured::name).toList();
    if (judged.isEmpty()) {
      return new Conclusion(Tone.NEUTRAL, "HAKMEM was not measured, so no bound is judged.");
    }
    return missed.isEmpty()
        ? new Conclusion(
            Tone.GOOD, "HAKMEM keeps the bound in all of %d figures.".formatted(judged.size()))
        : new Conclusion(Tone.BAD, "HAKMEM misses the bound of " + String.join(", ", missed) + ".");
  }

  private static boolean misses(Measured row) {
    return row.cells().stream().anyMatch(Cell::misses);
  }

  private static void chart(HtmlPage page, Measured row) {
    List<Bar> bars = new ArrayList<>();
    for (Cell cell : row.cells()) {
      Double value = cell.value();
      if (value != null) {
        bars.add(Bar.of(cell.subject(), family(cell), value));
      }
    }
    if (!bars.isEmpty()) {
      page.chart(
          Chart.Bars.smallestFirst(row.name(), row.unit().toString(), bars, marks(row.bound())));
    }
  }

  /** By how much each process grew while the program ran. */
  private static void overTime(HtmlPage page, Measured row) {
    List<Line> lines =
        row.cells().stream()
            .filter(cell -> !cell.samples().isEmpty())
            .map(cell -> MemoryPart.resident(cell.subject(), family(cell), cell.samples()))
            .toList();
    if (!lines.isEmpty()) {
      page.chart(
          new Chart.Lines(row.name() + ": growth over time", "seconds", "MiB", lines, List.of()));
    }
  }

  private static Family family(Cell cell) {
    return cell.held() == null ? Family.JVM : Family.HAKMEM;
  }

  /** A bound that is a figure by itself. */
  private static List<Mark> marks(Bound bound) {
    return switch (bound.kind()) {
      case AT_MOST -> List.of(new Mark("at most", bound.value()));
      case AT_LEAST -> List.of(new Mark("at least", bound.value()));
      case TIMES_MALLOC -> List.of();
    };
  }
}
