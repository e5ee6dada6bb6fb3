package io.hakmem.bench.option;

import io.hakmem.bench.compare.AbRounds;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.fork.Progress;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that compare configurations in rounds of forks. */
public final class RoundOptions {

  @Mixin private LoadOptions load;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rounds; fewer than 5 end without a verdict (${DEFAULT-VALUE}).")
  private int runs;

  /** Ends the warm-up of a fork, and then what is measured. */
  @Option(names = "--budget-ms", hidden = true, defaultValue = "700")
  private int budgetMs;

  @Option(names = "--ops", hidden = true, defaultValue = "1000000")
  private int ops;

  public int runs() {
    return runs;
  }

  /** The load, if all that was given can be run. A trace is looked at later. */
  public Load load(CallOptions call) {
    call.check("--runs", runs, 1, CallOptions.MAX_ROUNDS);
    call.check("--threads", load.threads(), 1, CallOptions.MAX_THREADS);
    call.check("--ops", ops, 1, CallOptions.MAX_COUNT);
    call.check("--budget-ms", budgetMs, 1, CallOptions.MAX_BUDGET_MS);
    return call.accepted(() -> Load.of(load.name(), load.threads(), ops));
  }

  /** Reads the trace that is to be replayed, if it is one: what is wrong is refused at once. */
  public void checkTrace(CallOptions call) throws IOException {
    load.checkTrace(call);
  }

  /** Runs the rounds of comparisons that have one A. */
  public void run(Load chosen, List<Comparison> comparisons)
      throws IOException, InterruptedException {
    new AbRounds(configuration -> chosen.measure(configuration, budgetMs), runs, Progress::show)
        .run(comparisons);
    Progress.clear();
    comparisons.forEach(Comparison::checkRounds);
  }
}
