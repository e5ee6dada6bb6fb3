package io.hakmem.bench.footprint;

import io.hakmem.bench.footprint.Row.Unit;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.subject.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What programs cost with each subject, and where.
 *
 * @param subjects in the order of the columns
 */
public record FootprintResult(
    Machine machine, Scale scale, List<String> subjects, List<Measured> rows) {

  /**
   * A row.
   *
   * @param cells of the subjects that take part
   */
  public record Measured(String name, String meaning, Unit unit, Bound bound, List<Cell> cells) {

    /** Judges HAKMEM by the bound of the row. */
    public static Measured of(Row row, Map<Column, Cell> cells) {
      Double malloc =
          cells.entrySet().stream()
              .filter(entry -> entry.getKey().kind() == SubjectKind.MALLOC)
              .map(entry -> entry.getValue().value())
              .findFirst()
              .orElse(null);
      List<Cell> judged = new ArrayList<>();
      cells.forEach(
          (column, cell) ->
              judged.add(column.kind().isHakmem() ? cell.judged(row.bound(), malloc) : cell));
      return new Measured(row.name(), row.meaning(), row.unit(), row.bound(), judged);
    }

    /** The cell of a subject, or null if it takes no part. */
    public @Nullable Cell of(String subject) {
      return cells.stream().filter(cell -> cell.subject().equals(subject)).findFirst().orElse(null);
    }
  }

  /** Whether no bound is broken. */
  public boolean isHeld() {
    return rows.stream().flatMap(row -> row.cells.stream()).noneMatch(Cell::misses);
  }
}
