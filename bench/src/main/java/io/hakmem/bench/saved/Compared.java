package io.hakmem.bench.saved;

import io.hakmem.bench.fork.CommandFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Results of one kind and workload beside each other.
 *
 * @param results in the order in which they were named
 * @param rows the figures that at least two of them have
 */
record Compared(List<Saved> results, List<Row> rows) {

  /**
   * A figure in each result.
   *
   * @param figures null where a result does not have it
   */
  record Row(String name, String unit, List<@Nullable Figure> figures) {

    /** Whether the interval of any has no value in common with that of the first that has one. */
    boolean differs() {
      List<Figure> known = figures.stream().filter(Objects::nonNull).toList();
      return known.stream().skip(1).anyMatch(known.getFirst()::differsFrom);
    }
  }

  /**
   * Lays results beside each other.
   *
   * @throws CommandFailure if they are of different kinds or workloads, or have nothing in common
   */
  static Compared of(List<Saved> results) {
    Saved first = results.getFirst();
    for (Saved other : results) {
      if (other.kind() != first.kind()) {
        throw refused(first, other, first.kind().toString(), other.kind().toString());
      }
      if (!other.workload().equals(first.workload())) {
        throw refused(first, other, first.workload(), other.workload());
      }
    }
    List<Row> rows = rows(results);
    if (rows.isEmpty()) {
      throw new CommandFailure(
          "%s and %s have no figure in common".formatted(first.file(), results.getLast().file()));
    }
    return new Compared(List.copyOf(results), rows);
  }

  private static CommandFailure refused(Saved first, Saved other, String one, String another) {
    return new CommandFailure(
        "%s and %s cannot be compared: one is of %s, the other of %s"
            .formatted(first.file(), other.file(), one, another));
  }

  private static List<Row> rows(List<Saved> results) {
    Map<String, Row> byKey = new LinkedHashMap<>();
    for (int at = 0; at < results.size(); at++) {
      for (Figure figure : results.get(at).figures()) {
        Row row = byKey.computeIfAbsent(figure.key(), _ -> empty(figure, results.size()));
        row.figures.set(at, figure);
      }
    }
    return byKey.values().stream()
        .filter(row -> row.figures.stream().filter(Objects::nonNull).count() > 1)
        .toList();
  }

  private static Row empty(Figure figure, int results) {
    List<@Nullable Figure> figures = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      figures.add(null);
    }
    return new Row(figure.name(), figure.unit(), figures);
  }

  /** Whether the machines or JVMs differ, so that only ratios say something of the allocators. */
  boolean isOfDifferentMachines() {
    return results.stream().map(Saved::where).distinct().count() > 1;
  }

  /** The figures whose intervals have no value in common. */
  List<Row> differing() {
    return rows.stream()
        .filter(row -> !isOfDifferentMachines() || row.unit().equals(Figure.TIMES))
        .filter(Row::differs)
        .toList();
  }

  /** What they come to, in one sentence. */
  String sentence() {
    long judged =
        rows.stream()
            .filter(row -> !isOfDifferentMachines() || row.unit().equals(Figure.TIMES))
            .filter(
                row -> row.figures.stream().filter(Objects::nonNull).allMatch(f -> f.low() != null))
            .count();
    String machines =
        isOfDifferentMachines()
            ? " The machines or JVMs differ, so only ratios inside of each result are judged."
            : "";
    return judged == 0
        ? "No figure has an interval in both results: too few rounds for a verdict, each needs "
            + Figure.LEAST_ROUNDS
            + "."
            + machines
        : "%d of %d figures with intervals differ by more than these.%s"
            .formatted(differing().size(), judged, machines);
  }
}
