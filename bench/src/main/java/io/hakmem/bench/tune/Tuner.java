package io.hakmem.bench.tune;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Round;
import io.hakmem.bench.compare.Round.Forks;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.tune.Scores.Ratios;
import io.hakmem.bench.tune.Scores.Row;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Successive halving: each round measures the base and all configurations that are left, and the
 * better half goes on, with the rounds that it has. The last few, and the base with what several of
 * them change, are then measured on the part of the traces that the search has not seen. Of these
 * go on as many as the time can judge.
 */
public final class Tuner {

  /** How many go on to what was held back, without the one that joins them. */
  private static final int FINALISTS = 3;

  /** The part of the time that the search takes. */
  private static final double SEARCH = 0.6;

  private static final String BASE = "base";
  private static final String CONTROL = "control";

  private final Objective objective;
  private final Configuration base;
  private final int traces;
  private final LongSupplier nowNs;
  private final Consumer<String> progress;
  private int number;
  private int processes;
  private long processesNs;

  /** Ends a phase. */
  private record Phase(long endNs, boolean isBounded, Forks<Row> forks) {

    /** Rounds of what was held back are whole, whatever the time. */
    private boolean isOver(LongSupplier nowNs) {
      return isBounded && nowNs.getAsLong() > endNs;
    }
  }

  /**
   * A search that has not begun.
   *
   * @param traces how many there are
   * @param nowNs the time, in ns from anywhere
   * @param progress is told of each process before it starts
   */
  public Tuner(
      Objective objective,
      Configuration base,
      int traces,
      LongSupplier nowNs,
      Consumer<String> progress) {
    this.objective = objective;
    this.base = base;
    this.traces = traces;
    this.nowNs = nowNs;
    this.progress = progress;
  }

  /** Runs a configuration on a trace in a process of its own. */
  @FunctionalInterface
  public interface Runner {
    /** Returns what the process reports; the part is the one that is searched on or held back. */
    Report run(Configuration configuration, int trace, boolean heldBack)
        throws IOException, InterruptedException;
  }

  /**
   * Searches.
   *
   * @param budgetNs how long, about
   * @throws CommandFailure if the base does not run
   */
  public TuneResult run(List<Configuration> candidates, long budgetNs, Runner runner)
      throws IOException, InterruptedException {
    long start = nowNs.getAsLong();
    Phase searching =
        new Phase(
            start + (long) (budgetNs * SEARCH),
            true,
            row -> runner.run(row.configuration(), row.trace(), false));
    Scores searched = new Scores(objective);
    List<Configuration> left = search(candidates, searched, searching);
    long leftNs = start + budgetNs - nowNs.getAsLong();
    List<Configuration> finalists = affordable(withJoined(left, searched), leftNs);
    Phase last =
        new Phase(
            start + budgetNs, false, row -> runner.run(row.configuration(), row.trace(), true));
    Scores tested = new Scores(objective);
    test(finalists, leastRounds(finalists.size(), leftNs), tested, last);
    return result(candidates, searched, finalists, tested);
  }

  private List<Configuration> search(List<Configuration> candidates, Scores scores, Phase phase)
      throws IOException, InterruptedException {
    List<Configuration> left = new ArrayList<>(candidates);
    while (left.size() > FINALISTS) {
      long begin = nowNs.getAsLong();
      round(left, List.of(), scores, phase);
      left.removeIf(each -> scores.rounds(each.text()) == 0);
      left.sort(byScore(scores));
      left =
          new ArrayList<>(
              left.subList(0, Math.max(Math.min(FINALISTS, left.size()), (left.size() + 1) / 2)));
      long took = nowNs.getAsLong() - begin;
      if (nowNs.getAsLong() + took / 2 > phase.endNs) {
        break;
      }
    }
    return left.subList(0, Math.min(FINALISTS, left.size()));
  }

  private static Comparator<Configuration> byScore(Scores scores) {
    return Comparator.comparingDouble((Configuration each) -> scores.median(each.text()))
        .reversed();
  }

  private void round(
      List<Configuration> candidates, List<String> besides, Scores scores, Phase phase)
      throws IOException, InterruptedException {
    Map<String, Configuration> named = new LinkedHashMap<>();
    named.put(BASE, base);
    candidates.forEach(each -> named.put(each.text(), each));
    besides.forEach(name -> named.put(name, base));
    List<Row> rows = new ArrayList<>();
    named.forEach(
        (name, configuration) -> {
          for (int trace = 0; trace < traces; trace++) {
            rows.add(new Row(name, configuration, trace));
          }
        });
    number++;
    long begin = nowNs.getAsLong();
    Round<Row> round =
        Round.run(
            number,
            rows,
            made -> made.reports().isEmpty() || !phase.isOver(nowNs),
            row -> progress.accept("round " + number + ": " + row.name()),
            phase.forks);
    processesNs += nowNs.getAsLong() - begin;
    processes += round.reports().size() + round.failures().size();
    requireBase(round);
    scores.add(BASE, List.copyOf(named.keySet()), traces, round);
  }

  private static void requireBase(Round<Row> round) {
    round
        .failures()
        .forEach(
            (row, reason) -> {
              if (row.name().equals(BASE)) {
                throw new CommandFailure("the base does not run: " + reason);
              }
            });
  }

  /** The best ones, and the base with all that those of them change that change gates of it. */
  private List<Configuration> withJoined(List<Configuration> left, Scores scores) {
    List<Configuration> all = new ArrayList<>(left);
    List<Configuration> joining =
        left.stream()
            .filter(each -> Objects.equals(each.profile(), base.profile()))
            .filter(each -> scores.median(each.text()) > 1)
            .toList();
    if (joining.size() > 1) {
      Configuration joined = Candidates.joined(base, joining);
      if (left.stream().noneMatch(each -> each.text().equals(joined.text()))) {
        all.add(joined);
      }
    }
    return all;
  }

  /** As many of the best as there is time to tell from noise, and one at least. */
  private List<Configuration> affordable(List<Configuration> best, long leftNs) {
    int most = best.size();
    while (most > 1 && judgingNs(most) > leftNs) {
      most--;
    }
    return best.subList(0, most);
  }

  /** How long the rounds take that a verdict about so many finalists needs. */
  private long judgingNs(int finalists) {
    int rows = (finalists + 2) * traces; // With the base and the control.
    long ofProcessNs = processesNs / Math.max(1, processes);
    return ofProcessNs * rows * Decision.roundsNeeded(objective, finalists);
  }

  /** Those that a verdict needs, where there is time for them. */
  private int leastRounds(int finalists, long leftNs) {
    return judgingNs(finalists) <= leftNs
        ? Decision.roundsNeeded(objective, finalists)
        : Estimate.LEAST_VALUES;
  }

  private void test(List<Configuration> finalists, int least, Scores scores, Phase phase)
      throws IOException, InterruptedException {
    long took = 0;
    for (int made = 0; made < least || nowNs.getAsLong() + took < phase.endNs; made++) {
      long begin = nowNs.getAsLong();
      round(finalists, List.of(CONTROL), scores, phase);
      took = nowNs.getAsLong() - begin;
    }
  }

  private TuneResult result(
      List<Configuration> candidates,
      Scores searched,
      List<Configuration> finalists,
      Scores tested) {
    if (tested.rounds(CONTROL) < Estimate.LEAST_VALUES) {
      throw new CommandFailure("too few rounds of the base ran to judge anything");
    }
    List<Configuration> ranked =
        finalists.stream()
            .filter(each -> tested.rounds(each.text()) > 0)
            .sorted(byScore(tested))
            .toList();
    List<String> names = ranked.stream().map(Configuration::text).toList();
    Decision decision = Decision.of(objective, finalists.size(), tested, CONTROL);
    Optional<String> better = decision.recommended(names);
    Configuration chosen =
        ranked.stream()
            .filter(each -> better.equals(Optional.of(each.text())))
            .findFirst()
            .orElse(base);
    return new TuneResult(
        objective,
        base.text(),
        candidates.size(),
        (int) candidates.stream().filter(each -> searched.rounds(each.text()) > 0).count(),
        lines(candidates, searched),
        lines(ranked, tested),
        line(CONTROL, tested, false),
        decision.needed(),
        chosen.text(),
        better.isPresent() ? Verdict.GO : decision.otherwise(names),
        better.map(decision::gains).orElse(List.of()),
        settings(chosen));
  }

  private static List<TuneResult.Line> lines(List<Configuration> all, Scores scores) {
    List<Configuration> ran =
        all.stream()
            .filter(each -> scores.rounds(each.text()) > 0)
            .sorted(byScore(scores))
            .toList();
    return ran.stream()
        .map(
            each ->
                line(
                    each.text(),
                    scores,
                    ran.stream().noneMatch(other -> scores.isBeyond(other.text(), each.text()))))
        .toList();
  }

  private static TuneResult.Line line(String name, Scores scores, boolean isFront) {
    return new TuneResult.Line(
        name,
        scores.rounds(name),
        scores.estimate(name, Ratios::speed),
        scores.estimate(name, Ratios::leanness),
        isFront);
  }

  /** The values that are not the defaults. */
  private static Map<String, String> settings(Configuration chosen) {
    SortedMap<String, String> values = new TreeMap<>();
    chosen.read().values().stream()
        .filter(gate -> !gate.value().equals(gate.defaultText()))
        .filter(gate -> Configuration.effective(Map.of(gate.name(), "")).size() == 1)
        .forEach(gate -> values.put(gate.name(), gate.value()));
    return values;
  }
}
