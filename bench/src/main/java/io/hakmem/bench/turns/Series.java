package io.hakmem.bench.turns;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.workload.Rounds.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The turns of one side. */
final class Series implements AutoCloseable {

  private final String name;
  private final String meaning;
  private final @Nullable AllocatorBuild build;
  private final TurnSide side;
  private final long opsOfRound;
  private final List<Double> mops = new ArrayList<>();
  private long loadRounds;

  /**
   * Without turns yet.
   *
   * @param meaning the configuration, or how a peer is called
   * @param build of HAKMEM, or null for a peer
   */
  Series(
      String name, String meaning, @Nullable AllocatorBuild build, TurnSide side, long opsOfRound) {
    this.name = name;
    this.meaning = meaning;
    this.build = build;
    this.side = side;
    this.opsOfRound = opsOfRound;
  }

  String name() {
    return name;
  }

  String meaning() {
    return meaning;
  }

  /** Null for a peer, which has no counters. */
  @Nullable AllocatorBuild build() {
    return build;
  }

  /** The rounds of the load so far, those of the warm-up too. */
  long loadRounds() {
    return loadRounds;
  }

  SideFacts facts() throws IOException {
    return side.facts();
  }

  /** Makes a turn that does not count. */
  double warmUp(long turnNs) throws IOException {
    Turn turn = side.turn(turnNs);
    loadRounds += turn.rounds();
    return turn.mops(opsOfRound);
  }

  void measure(long turnNs) throws IOException {
    mops.add(warmUp(turnNs));
  }

  List<Double> mops() {
    return List.copyOf(mops);
  }

  double median() {
    return Estimate.median(mops.stream().mapToDouble(value -> value).toArray());
  }

  /** The ratios to another side, round by round: what slows one turn slows its neighbours too. */
  double[] ratiosTo(Series other) {
    double[] ratios = new double[mops.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = mops.get(i) / other.mops.get(i);
    }
    return ratios;
  }

  @Override
  public void close() {
    side.close();
  }
}
