package io.hakmem.bench.compare;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Each row measured once, in a process of its own.
 *
 * @param reports of the rows that ran
 * @param failures why the others did not
 */
public record Round<K>(Map<K, Report> reports, Map<K, String> failures) {

  /** Measures a row. */
  @FunctionalInterface
  public interface Forks<K> {
    /**
     * Returns what the process reports.
     *
     * @throws CommandFailure if it cannot run
     */
    Report run(K row) throws IOException, InterruptedException;
  }

  /**
   * Measures the rows, of which each begins a round in its turn, so that drift hits all alike.
   *
   * @param number from 1 on
   * @param goesOn asked before each row with what is known by then
   * @param progress is told of each row before it starts
   */
  public static <K> Round<K> run(
      int number,
      List<K> rows,
      Predicate<Round<K>> goesOn,
      Consumer<K> progress,
      Forks<? super K> forks)
      throws IOException, InterruptedException {
    Round<K> round = new Round<>(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (int i = 0; i < rows.size() && goesOn.test(round); i++) {
      K row = rows.get((i + number - 1) % rows.size());
      progress.accept(row);
      try {
        round.reports.put(row, checked(forks.run(row)));
      } catch (CommandFailure e) {
        round.failures.put(row, String.valueOf(e.getMessage()));
      }
    }
    return round;
  }

  private static Report checked(Report report) {
    if (!(report.coldMops() > 0 && report.steadyMops() > 0)) {
      throw new CommandFailure("a fork reported no throughput");
    }
    return report;
  }
}
