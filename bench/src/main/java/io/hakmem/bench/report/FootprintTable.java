package io.hakmem.bench.report;

import io.hakmem.bench.footprint.Bound;
import io.hakmem.bench.footprint.Cell;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.footprint.FootprintResult.Measured;
import io.hakmem.bench.footprint.Row.Unit;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What programs cost in memory, a line for each program and a column for each subject. */
public final class FootprintTable {

  private FootprintTable() {}

  /** Prints one line for each program, and below them why some have no figure. */
  public static void print(FootprintResult result, PrintWriter out) {
    table(result).print(result.rows(), out);
    for (Measured row : result.rows()) {
      row.cells().stream()
          .filter(cell -> cell.failure() != null)
          .forEach(cell -> out.println(row.name() + ", " + cell.subject() + ": " + cell.failure()));
    }
  }

  static Table<Measured> table(FootprintResult result) {
    List<Column<Measured>> columns = new ArrayList<>();
    columns.add(Column.text("%-19s", "program", Measured::name));
    columns.add(Column.text("%-10s", "unit", row -> row.unit().toString()));
    columns.add(Column.number("%14s", "bound", row -> bound(row.bound(), row.unit())));
    for (String subject : result.subjects()) {
      String head = subject.replace(' ', '\n');
      columns.add(Column.number("%14s", head, row -> cell(row, row.of(subject))));
    }
    return Table.of("", columns);
  }

  private static String bound(Bound bound, Unit unit) {
    String value = Table.decimals(digits(unit), bound.value());
    return switch (bound.kind()) {
      case AT_MOST -> "<= " + value;
      case AT_LEAST -> ">= " + value;
      case TIMES_MALLOC -> "<= " + Table.decimals(2, bound.value()) + " malloc";
    };
  }

  private static String cell(Measured row, @Nullable Cell cell) {
    if (cell == null) {
      return "-";
    }
    Boolean held = cell.held();
    String mark = held == null ? "" : held ? " held" : " MISSED";
    return figure(row.unit(), cell) + mark;
  }

  private static String figure(Unit unit, Cell cell) {
    if (cell.failure() != null) {
      return "failed";
    }
    return cell.value() == null ? "no" : Table.decimals(digits(unit), cell.value());
  }

  private static int digits(Unit unit) {
    return switch (unit) {
      case MIB, MS, PERCENT -> 1;
      case RATIO -> 3;
      case REFUSALS -> 0;
    };
  }
}
