package io.hakmem.bench.command;

import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.MeasureOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.peers.PeerResults;
import io.hakmem.bench.peers.PeerRounds;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.report.PeersTable;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures HAKMEM and its peers, each in its own JVM, interleaved. Like with like: with cleared
 * blocks it meets the entries that clear, without the plain ones. If no profile is chosen, the
 * second is {@code THROUGHPUT}, so that the defaults are shown beside what they cost.
 */
final class PeerComparison {

  private static final String ZERO_MODE = "HAKMEM_POOL_ZERO_MODE";
  private static final String THROUGHPUT = "THROUGHPUT";

  private final MeasureOptions options;
  private final List<Peer> rows = new ArrayList<>();
  private final Map<String, List<PeerRow>> results = new LinkedHashMap<>();

  /** The options of the command that compares. */
  PeerComparison(MeasureOptions options) {
    this.options = options;
    String chosen = options.gates().effectiveProfile();
    String cleared = "hakmem zero=full";
    String plain = chosen.isEmpty() ? "hakmem " + THROUGHPUT : "hakmem zero=off";
    add(cleared, hakmem(chosen, "full"), SubjectKind.CALLOC, SubjectKind.MI_ZALLOC);
    add(
        plain,
        hakmem(chosen.isEmpty() ? THROUGHPUT : chosen, "off"),
        SubjectKind.MALLOC,
        SubjectKind.MI_MALLOC,
        SubjectKind.FLOOR);
  }

  private List<String> hakmem(String profile, String zeroMode) {
    Map<String, String> gates = new LinkedHashMap<>(options.gates().gates());
    gates.put(ZERO_MODE, zeroMode);
    return GateOptions.options(profile, gates);
  }

  /** HAKMEM, itself again as control, and those that are compared with it. */
  private void add(String hakmem, List<String> composed, SubjectKind... peers) {
    rows.add(Peer.hakmem(hakmem, hakmem, composed, ""));
    rows.add(Peer.hakmem(hakmem + " again", hakmem, composed, ""));
    for (SubjectKind peer : peers) {
      rows.add(Peer.ofJvm(peer.toString(), hakmem, peer.toString(), ""));
    }
  }

  /**
   * Runs the rounds that fit into the time, one at least.
   *
   * @param call the measuring command and its load
   */
  void run(String title, long seconds, List<String> call) throws IOException, InterruptedException {
    PeerRounds rounds = new PeerRounds(rows, TimeUnit.SECONDS.toNanos(seconds));
    rounds.run(
        options.rounds(), List.of(Measure.SPEED), (peer, _) -> measure(call, peer), Progress::show);
    Progress.clear();
    results.put(title, new PeerResults(rounds).rows());
  }

  private Report measure(List<String> call, Peer peer) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(call);
    all.addAll(options.plan().options());
    if (peer.options().isEmpty()) {
      all.addAll(List.of("--subject", peer.subject()));
    }
    all.addAll(peer.options());
    all.add("--json");
    return new Fork(all).run();
  }

  /** Prints all that ran; in JSON by title and row. */
  void print(ResultOptions result) {
    Map<String, Map<String, Object>> byTitle = new LinkedHashMap<>();
    results.forEach((title, all) -> byTitle.put(title, PeerRow.byName(all)));
    result.print(
        byTitle, out -> results.forEach((title, all) -> PeersTable.print(title, all, out)));
  }
}
