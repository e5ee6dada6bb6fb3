package io.hakmem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.footprint.Cell;
import io.hakmem.bench.footprint.Column;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.footprint.FootprintResult.Measured;
import io.hakmem.bench.footprint.Row;
import io.hakmem.bench.footprint.Scale;
import io.hakmem.bench.page.Browser;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.result.MemorySample;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FootprintTableTest {

  private static final Column PLAIN = new Column(SubjectKind.HAKMEM, "", Map.of());
  private static final Column THROUGHPUT = new Column(SubjectKind.HAKMEM, "THROUGHPUT", Map.of());
  private static final Column MALLOC = new Column(SubjectKind.MALLOC, "", Map.of());

  private static Cell cell(Column column, @Nullable Double value) {
    return new Cell(column.name(), value, null, null, List.of());
  }

  private static Measured row(String name, Column first, Cell ofFirst, Column next, Cell ofNext) {
    Map<Column, Cell> cells = new LinkedHashMap<>();
    cells.put(first, ofFirst);
    cells.put(next, ofNext);
    return Measured.of(Row.of(List.of(name), false).getFirst(), cells);
  }

  private static FootprintResult result(Measured... rows) {
    List<String> heads = List.of(PLAIN.name(), THROUGHPUT.name(), MALLOC.name());
    return new FootprintResult(Machine.now(), new Scale(1, 1000), heads, List.of(rows));
  }

  private static List<String> lines(FootprintResult result) {
    StringWriter text = new StringWriter();
    FootprintTable.print(result, new PrintWriter(text, true));
    return text.toString().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  @Test
  void table_anyFigures_saysWhichBoundsAreHeld() {
    FootprintResult result =
        result(
            row("waiting-threads", PLAIN, cell(PLAIN, 40.04), MALLOC, cell(MALLOC, 99.0)),
            row("growing-buffer", PLAIN, cell(PLAIN, 19.0), MALLOC, cell(MALLOC, 10.0)),
            row("limit-ended", PLAIN, cell(PLAIN, null), THROUGHPUT, cell(THROUGHPUT, 33.3)));
    assertThat(lines(result))
        .containsExactly(
            "program unit bound hakmem hakmem malloc",
            "THROUGHPUT",
            "waiting-threads MiB <= 40.0 40.0 MISSED - 99.0",
            "growing-buffer ms <= 2.00 malloc 19.0 held - 10.0",
            "limit-ended % of limit >= 85.0 no held 33.3 MISSED -");
    assertThat(result.isHeld()).isFalse();
  }

  @Test
  void page_missedBound_isDrawnAndNamed() throws IOException {
    FootprintResult result =
        result(row("waiting-threads", PLAIN, cell(PLAIN, 40.04), MALLOC, cell(MALLOC, 99.0)));
    String page = FootprintPage.of(result, new Provenance("footprint", "footprint", null));
    assertThat(page).contains("HAKMEM misses the bound of waiting-threads.", "class=\"bad\"");
    Browser.check(page);
  }

  @Test
  void page_samples_areDrawnOverTime() throws IOException {
    List<MemorySample> samples =
        List.of(
            new MemorySample(null, 0, 0, 1L << 20, 0L),
            new MemorySample(null, 0.5, 32 << 20, 33L << 20, 32L << 20));
    Cell sampled = new Cell(PLAIN.name(), 4.0, null, null, samples);
    FootprintResult result = result(row("idle-program", PLAIN, sampled, MALLOC, cell(MALLOC, 9.0)));
    FootprintResult read = Json.read(Json.text(result), FootprintResult.class);
    assertThat(read.rows().getFirst().cells())
        .extracting(Cell::samples)
        .containsExactly(samples, List.of());
    String page = FootprintPage.of(read, new Provenance("footprint", "footprint", null));
    assertThat(page).contains("idle-program: growth over time");
    Browser.check(page);
  }

  @Test
  void table_failedProgram_saysWhy() {
    Cell failed = Cell.failed(PLAIN, "a fork ended with 1: no memory");
    FootprintResult result = result(row("idle-program", PLAIN, failed, MALLOC, cell(MALLOC, 1.0)));
    assertThat(lines(result))
        .endsWith(
            "idle-program MiB <= 8.0 failed MISSED - 1.0",
            "idle-program, hakmem: a fork ended with 1: no memory");
    assertThat(result.isHeld()).isFalse();
  }

  @Test
  void result_allBoundsKept_isHeld() {
    Measured row = row("idle-program", PLAIN, cell(PLAIN, 8.0), MALLOC, cell(MALLOC, 100.0));
    assertThat(result(row).isHeld()).isTrue();
  }
}
