package io.hakmem.bench.turns;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Two sides, the control and peers under one load. A, B and the control are added first. */
public final class Turns implements AutoCloseable {

  private final String workload;
  private final int threads;
  private final Workload load;
  private final Census demand;
  private final List<Series> sides = new ArrayList<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  /**
   * Without sides yet.
   *
   * @throws IllegalArgumentException if there is no such load, or it cannot run on so many threads
   */
  public Turns(String workload, int threads) {
    this.workload = workload;
    this.threads = threads;
    load = Catalogue.of(workload, threads);
    demand = load.census();
  }

  /**
   * Loads and composes HAKMEM.
   *
   * @throws io.hakmem.SettingsException if the build of that side refuses the configuration
   * @throws CommandFailure if the build cannot be loaded
   */
  public void add(Side side, AllocatorBuild build, String text) {
    TurnSide opened = LoadedSide.hakmem(side, build, text, workload, threads);
    sides.add(new Series(side.toString(), text, build, opened, load.ops()));
  }

  /** Adds a peer, or notes why it cannot run. */
  public void add(Peer peer) throws IOException, InterruptedException {
    try {
      sides.add(new Series(peer.name(), peer.meaning(), null, open(peer), load.ops()));
    } catch (CommandFailure e) {
      absent.put(peer.name(), String.valueOf(e.getMessage()));
    }
  }

  private TurnSide open(Peer peer) throws IOException, InterruptedException {
    if (peer.place() == Peer.Place.NATIVE) {
      return NativeSide.open(peer, load, demand.calls());
    }
    SubjectKind kind = SubjectKind.of(peer.subject());
    if (!kind.hasItsJvmOptions()) {
      throw new CommandFailure(
          "it needs HAKMEM_JAVA_OPTS=\"%s\"".formatted(String.join(" ", kind.jvmOptions())));
    }
    return LoadedSide.peer(kind, workload, threads);
  }

  /** Lets all take their turns. */
  public TurnsReport measure(TurnPlan plan, Consumer<String> progress) throws IOException {
    Machine machine = Machine.now();
    warmUp(plan, progress);
    // What loading and composing left behind is collected in nobody's turn.
    System.gc();
    for (int round = 0; round < plan.runs(); round++) {
      progress.accept("round " + (round + 1) + " of " + plan.runs());
      for (int side : order(round, sides.size())) {
        sides.get(side).measure(plan.turnNs());
      }
    }
    return TurnsReport.of(workload, threads, plan, machine, demand, sides, absent);
  }

  /** In turns, so that what HotSpot throws away because of another side is compiled before. */
  private void warmUp(TurnPlan plan, Consumer<String> progress) throws IOException {
    long began = System.nanoTime();
    for (int turn = 0; plan.isWarmingUp(turn, sides.size(), System.nanoTime() - began); turn++) {
      progress.accept("warming up, turn " + (turn + 1));
      for (int side : order(turn, sides.size())) {
        sides.get(side).warmUp(plan.turnNs());
      }
    }
  }

  /**
   * Who comes after whom in a round: forth and back, and one further after both, so that no side
   * always has the same one before it.
   */
  static List<Integer> order(int round, int sides) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < sides; i++) {
      order.add((i + round / 2) % sides);
    }
    return round % 2 == 0 ? order : order.reversed();
  }

  @Override
  public void close() {
    sides.forEach(Series::close);
  }
}
