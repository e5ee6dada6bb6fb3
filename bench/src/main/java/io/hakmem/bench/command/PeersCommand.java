package io.hakmem.bench.command;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.LoadOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.peers.PeerResults;
import io.hakmem.bench.peers.PeerRounds;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.Peers;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.peers.Processes;
import io.hakmem.bench.report.PeersPage;
import io.hakmem.bench.report.PeersTable;
import io.hakmem.bench.result.Machine;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem peers}: HAKMEM beside every other allocator. */
@Command(
    name = "peers",
    description = {
      "Measures HAKMEM and its peers under one load.",
      "A round measures each row in a process of its own. Native peers are called by a "
          + "driver in C. Nobody clears blocks.",
      "Builds A and B of HAKMEM have the rows hakmem-a and hakmem-b, with the gates of the "
          + "first row.",
      "The columns are explained in docs/benchmarks.md.",
      "Example: hakmem peers --workload mixed --threads 2 --html peers.html"
    },
    mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {

  private static final int MOST_WARM_UP = 10_000;
  private static final int MOST_RUNS = 1000;

  /** In budgets. A loop that has not yet met its slow paths is compiled twice. */
  private static final int JVM_WARM_UP = 3;

  private static final String ZERO_MODE = "HAKMEM_POOL_ZERO_MODE";
  private static final String DEFAULT_PROFILE = "THROUGHPUT";

  @Mixin private PageOptions result;

  @Mixin private GateOptions gates;

  @Mixin private LoadOptions load;

  @Mixin private BuildOptions builds;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "8",
      description = "Rounds; the fewer peers, the fewer a verdict needs (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      description = "Of the peers only these, separated by commas; --list shows all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--measure",
      paramLabel = "WHAT",
      split = ",",
      defaultValue = "speed,latency,memory",
      description = "What to measure (${DEFAULT-VALUE}).")
  private List<String> measures = new ArrayList<>();

  @Option(
      names = "--budget-ms",
      paramLabel = "MS",
      defaultValue = "700",
      description =
          "Time of a process for what is measured (${DEFAULT-VALUE}). A native one warms up as "
              + "long, a JVM three times as long.")
  private int budgetMs;

  @Option(names = "--list", description = "Print loads and peers, and which of these are there.")
  private boolean list;

  @Override
  public Integer call() throws Exception {
    result.check("--runs", runs, 1, CallOptions.MAX_ROUNDS);
    result.check("--budget-ms", budgetMs, 1, CallOptions.MAX_BUDGET_MS);
    Workload chosen = load.load(result);
    List<Measure> what =
        result.ofOption(() -> measures.stream().map(Measure::of).distinct().toList());
    List<String> composed = hakmemOptions();
    List<Peer> peers = result.ofOption(() -> Peers.peers(names));
    result.checkPage();
    List<Peer> own = new ArrayList<>(Peers.own(composed));
    builds
        .builds(result)
        .others()
        .forEach((side, build) -> own.add(Peers.ofBuild(side, composed, build)));
    if (list) {
      list(chosen, own, peers);
    } else {
      List<Peer> rows = new ArrayList<>(own);
      rows.addAll(peers);
      PeersResult measured = measure(chosen, rows, what);
      result.print(
          measured,
          out -> PeersTable.print(measured, out),
          () -> PeersPage.of(measured, result.provenance()));
    }
    return 0;
  }

  private List<String> hakmemOptions() {
    String profile =
        gates.effectiveProfile().isEmpty() ? DEFAULT_PROFILE : gates.effectiveProfile();
    Map<String, String> all = new LinkedHashMap<>(gates.gates());
    all.putIfAbsent(ZERO_MODE, "off");
    SubjectKind.check(profile, all);
    return GateOptions.options(profile, all);
  }

  private void list(Workload chosen, List<Peer> own, List<Peer> peers)
      throws IOException, InterruptedException {
    PrintWriter out = result.out();
    out.println("loads");
    Catalogue.names().forEach((name, meaning) -> out.printf("  %-23s %s%n", name, meaning));
    try (Processes processes = processes(chosen, chosen.census(), new Plan(0, 1, 1))) {
      list("always measured", own, processes);
      list("peers", peers, processes);
    }
  }

  private void list(String title, List<Peer> peers, Processes processes)
      throws IOException, InterruptedException {
    PrintWriter out = result.out();
    out.println(title);
    for (Peer peer : peers) {
      out.printf("  %-23s %s%n", peer.name(), availability(processes, peer));
      out.flush();
    }
  }

  private static String availability(Processes processes, Peer peer)
      throws IOException, InterruptedException {
    try {
      String version = processes.measure(peer, Measure.SPEED).setup().version();
      return peer.meaning() + (version == null || version.isEmpty() ? "" : ", " + version);
    } catch (CommandFailure e) {
      return "absent: " + e.getMessage();
    }
  }

  private Processes processes(Workload chosen, Census census, Plan plan)
      throws IOException, InterruptedException {
    return new Processes(load.name(), chosen, census.calls(), plan, System.getenv());
  }

  private PeersResult measure(Workload chosen, List<Peer> rows, List<Measure> what)
      throws IOException, InterruptedException {
    Machine machine = Machine.now();
    Census census = chosen.census();
    PeerRounds rounds = new PeerRounds(rows);
    Plan plan = new Plan(MOST_WARM_UP, MOST_RUNS, JVM_WARM_UP * (long) budgetMs, budgetMs);
    try (Processes processes = processes(chosen, census, plan);
        ProgressBar bar = Progress.bar(steps(rows.size(), what))) {
      rounds.run(runs, what, processes::measure, step -> bar.step().setExtraMessage(step));
    } finally {
      Progress.clear();
    }
    String title =
        load.name() + ", " + load.threads() + (load.threads() == 1 ? " thread" : " threads");
    List<PeerRow> measured = new PeerResults(rounds).rows();
    return new PeersResult(title, machine, setup(chosen, census), measured);
  }

  private int steps(int rows, List<Measure> what) {
    boolean memory = what.contains(Measure.MEMORY);
    return rows * (runs * (what.size() - (memory ? 1 : 0)) + (memory ? 1 : 0));
  }

  private PeersResult.Setup setup(Workload chosen, Census census) {
    return new PeersResult.Setup(
        load.name(),
        chosen.name(),
        load.threads(),
        chosen.ops(),
        chosen.parameters(),
        census.calls().allocs(),
        census.peakLive(),
        census.peakLiveBytes(),
        runs,
        budgetMs,
        Measure.BURST_BYTES,
        String.join(" ", hakmemOptions()));
  }
}
