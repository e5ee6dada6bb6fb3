package io.hakmem.bench.peers;

import io.hakmem.bench.compare.Round;
import io.hakmem.bench.compare.Samples;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rounds of all rows. A row that failed once is absent from then on. */
public final class PeerRounds {

  private final List<Peer> rows;
  private final long budgetNs;
  private final Map<Measure, Samples<Peer>> samples = new EnumMap<>(Measure.class);
  private final Map<Peer, String> absent = new LinkedHashMap<>();

  /** The rows in the order of the table, each base among them. */
  public PeerRounds(List<Peer> rows) {
    this(rows, Long.MAX_VALUE);
  }

  /** No round but the first begins that would not fit into the budget. */
  public PeerRounds(List<Peer> rows, long budgetNs) {
    this.rows = List.copyOf(rows);
    this.budgetNs = budgetNs;
  }

  /** Measures a row in a process of its own. */
  @FunctionalInterface
  public interface Forks {
    /** Returns the report of the process. */
    Report measure(Peer peer, Measure measure) throws IOException, InterruptedException;
  }

  /**
   * Runs the rounds. Memory is measured in the first one only: a load takes the same each time.
   *
   * @param progress is told of each process before it starts
   * @throws CommandFailure if a row that others are compared with cannot run
   */
  public void run(int count, Collection<Measure> measures, Forks forks, Consumer<String> progress)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long longestNs = 0;
    for (int number = 1; number <= count; number++) {
      long roundBegin = System.nanoTime();
      if (number > 1 && roundBegin - begin + longestNs > budgetNs) {
        return;
      }
      for (Measure measure : new TreeSet<>(measures)) {
        if (number == 1 || measure != Measure.MEMORY) {
          round(number, measure, forks, progress);
        }
      }
      longestNs = Math.max(longestNs, System.nanoTime() - roundBegin);
    }
  }

  private void round(int number, Measure measure, Forks forks, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<Peer> present = new ArrayList<>(rows);
    present.removeAll(absent.keySet());
    Round<Peer> round =
        Round.run(
            number,
            present,
            made -> made.failures().keySet().stream().noneMatch(Peer::isBase),
            peer -> progress.accept("round " + number + ", " + measure + ": " + peer.name()),
            peer -> forks.measure(peer, measure));
    round.failures().forEach(this::leaveOut);
    samples.computeIfAbsent(measure, _ -> new Samples<>()).add(round.reports());
  }

  private void leaveOut(Peer peer, String reason) {
    if (peer.isBase()) {
      throw new CommandFailure(reason);
    }
    absent.put(peer, reason);
  }

  List<Peer> rows() {
    return rows;
  }

  /** Why a row cannot run, or null. One that failed in any round has no figures at all. */
  @Nullable String absent(Peer peer) {
    return absent.get(peer);
  }

  /** The reports of a measure. */
  Samples<Peer> samples(Measure measure) {
    return samples.getOrDefault(measure, new Samples<>());
  }

  /** The row that a row is compared with. */
  Peer baseOf(Peer peer) {
    return rows.stream().filter(row -> row.name().equals(peer.base())).findFirst().orElseThrow();
  }
}
