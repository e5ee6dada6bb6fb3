package io.hakmem.bench.footprint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hakmem.bench.result.MemorySample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program cost with one subject.
 *
 * @param subject its name in the table
 * @param value the figure in the unit of the row, null if nothing was refused or the program failed
 * @param failure why there is no figure, or null
 * @param held whether HAKMEM keeps the bound of the row, null of others and where there is none
 * @param samples by how much the process grew while the program ran, and what HAKMEM held; none
 *     where the figure is a time
 */
public record Cell(
    String subject,
    @Nullable Double value,
    @Nullable String failure,
    @Nullable Boolean held,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MemorySample> samples) {

  static Cell of(Column column, @Nullable Double value) {
    return new Cell(column.name(), value, null, null, List.of());
  }

  Cell with(List<MemorySample> over) {
    return new Cell(subject, value, failure, held, over);
  }

  /** A program that ended early. */
  public static Cell failed(Column column, String reason) {
    return new Cell(column.name(), null, reason, null, List.of());
  }

  Cell judged(Bound bound, @Nullable Double malloc) {
    Boolean judged = failure == null ? bound.isHeld(value, malloc) : Boolean.FALSE;
    return new Cell(subject, value, failure, judged, samples);
  }

  /** Whether the bound of the row is broken. */
  public boolean misses() {
    return Boolean.FALSE.equals(held);
  }
}
