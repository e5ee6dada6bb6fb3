package io.hakmem.bench.command;

import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.LoadOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.peers.Peers;
import io.hakmem.bench.report.ComparisonPage;
import io.hakmem.bench.report.TurnsTable;
import io.hakmem.bench.turns.TurnPlan;
import io.hakmem.bench.turns.Turns;
import io.hakmem.bench.turns.TurnsReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem turns}: two configurations or builds, in turns in one JVM. */
@Command(
    name = "turns",
    description = {
      "Compares two configurations or two builds, in turns in one JVM.",
      "Each configuration is written as 'hakmem ab' takes it. The turns are short, and "
          + "each side has classes of its own. A round is a turn of A, of B, of A loaded once "
          + "more as control, and of each peer.",
      "It tells smaller differences than 'hakmem ab'; docs/benchmarks.md says which it "
          + "does not see.",
      "Example: hakmem turns THROUGHPUT THROUGHPUT --commit-a HEAD~1"
    },
    mixinStandardHelpOptions = true)
public final class TurnsCommand implements Callable<Integer> {

  @Mixin private PageOptions result;

  @Mixin private LoadOptions load;

  @Parameters(index = "0", paramLabel = "A", description = "What B is compared with.")
  private String textOfA;

  @Parameters(index = "1", paramLabel = "B", description = "What is judged.")
  private String textOfB;

  @Mixin private BuildOptions builds;

  @Option(
      names = "--set",
      paramLabel = "GATE=VALUE",
      description = "Set one gate on both sides; repeat for more.")
  private Map<String, String> gates = new LinkedHashMap<>();

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      description = "Peers in the same rounds; 'hakmem peers --list' shows all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "40",
      description = "Rounds; fewer than 5 end without a verdict (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--turn-ms",
      paramLabel = "MS",
      defaultValue = "100",
      description = "Length of a turn (${DEFAULT-VALUE}).")
  private int turnMs;

  @Option(
      names = "--warmup-ms",
      paramLabel = "MS",
      defaultValue = "3000",
      description = "Time of each side before the first round (${DEFAULT-VALUE}).")
  private int warmupMs;

  @Override
  public Integer call() throws Exception {
    result.check("--threads", load.threads(), 1, CallOptions.MAX_THREADS);
    result.check("--runs", runs, 1, CallOptions.MAX_ROUNDS);
    result.check("--turn-ms", turnMs, 1, CallOptions.MAX_BUDGET_MS);
    result.check("--warmup-ms", warmupMs, 1, CallOptions.MAX_BUDGET_MS);
    result.checkPage();
    List<Peer> peers = names.isEmpty() ? List.of() : result.ofOption(() -> Peers.peers(names));
    try (Turns turns = result.ofOption(() -> new Turns(load.name(), load.threads()))) {
      BuildOptions.Builds both = builds.builds(result);
      turns.add(Side.A, both.a(), withGates(textOfA));
      turns.add(Side.B, both.b(), withGates(textOfB));
      turns.add(Side.CONTROL, both.a(), withGates(textOfA));
      for (Peer peer : peers) {
        turns.add(peer);
      }
      TurnsReport report = turns.measure(new TurnPlan(runs, turnMs, warmupMs), Progress::show);
      Progress.clear();
      result.print(
          report,
          out -> TurnsTable.print(report, out),
          () -> ComparisonPage.of(report, result.provenance()));
    }
    return 0;
  }

  private String withGates(String text) {
    StringBuilder words = new StringBuilder(text.strip());
    gates.forEach((gate, value) -> words.append(' ').append(gate).append('=').append(value));
    return words.toString().strip();
  }
}
