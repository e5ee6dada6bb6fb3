package io.hakmem.bench.footprint;

import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.subject.SubjectKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program, and what it may cost.
 *
 * @param name for the command line
 * @param meaning what it does, in one line
 * @param takesPart which subjects can run it
 * @param limitBytes what HAKMEM may hold meanwhile; 0 for no limit
 * @param isLong whether it runs only if it is asked for
 */
public record Row(
    String name,
    String meaning,
    Unit unit,
    Bound bound,
    Predicate<SubjectKind> takesPart,
    long limitBytes,
    boolean isLong,
    Program program) {

  private static final String LIMIT = "HAKMEM_MEMORY_LIMIT";

  /** What a figure counts. */
  public enum Unit {
    /** What is resident more than at the start. */
    MIB("MiB"),
    /** The time of the program. */
    MS("ms"),
    /** What is resident more than at the start, by what was asked for. */
    RATIO("of asked"),
    /**
     * What was live or asked for at the first refusal, of the limit; none if nothing was refused.
     */
    PERCENT("% of limit"),
    /** The allocations that were refused. */
    REFUSALS("refused");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What runs. */
  @FunctionalInterface
  interface Program {
    /** Returns the figure; null if nothing was refused. */
    @Nullable Double run(Site site);
  }

  static Row of(String name, String meaning, Unit unit, Bound bound, Program program) {
    return new Row(name, meaning, unit, bound, _ -> true, 0, false, program);
  }

  /** A program of which at most so much may be resident more than at the start. */
  static Row ofMib(String name, String meaning, double most, Program program) {
    return of(name, meaning, Unit.MIB, Bound.atMost(most), program);
  }

  /** The same for subjects whose blocks grow in their places. */
  Row ofReallocating() {
    return new Row(
        name, meaning, unit, bound, SubjectKind::reallocates, limitBytes, isLong, program);
  }

  /** The same for HAKMEM alone, with a limit. */
  Row withLimit(long bytes) {
    return new Row(name, meaning, unit, bound, SubjectKind::isHakmem, bytes, isLong, program);
  }

  /** The same, only if it is asked for. */
  Row ifAsked() {
    return new Row(name, meaning, unit, bound, takesPart, limitBytes, true, program);
  }

  /** All rows, in the order of the table. */
  public static List<Row> all() {
    return Stream.of(ThreadPrograms.rows(), BlockPrograms.rows(), LimitPrograms.rows())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The rows of these names; without names all, and the long ones only if they are asked for.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  public static List<Row> of(List<String> names, boolean withLong) {
    List<String> known = all().stream().map(Row::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "row=" + name + " is not one of " + String.join(", ", known));
      }
    }
    return all().stream()
        .filter(row -> names.isEmpty() ? withLong || !row.isLong : names.contains(row.name))
        .toList();
  }

  /** Runs the program on a subject in this JVM. */
  public Cell measure(Column column, Scale scale) {
    Map<String, String> gates = new LinkedHashMap<>(column.gates());
    long limit = limitBytes == 0 ? 0 : scale.bytes(limitBytes);
    if (limit != 0) {
      gates.put(LIMIT, Long.toString(limit));
    }
    try (Subject subject = column.kind().open(column.profile(), gates, 1);
        Site site = new Site(subject, scale, limit, unit != Unit.MS)) {
      Double figure = program.run(site);
      return Cell.of(column, figure).with(unit == Unit.MS ? List.of() : site.samples());
    }
  }
}
