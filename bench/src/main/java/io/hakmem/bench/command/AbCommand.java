package io.hakmem.bench.command;

import io.hakmem.HakAllocator;
import io.hakmem.bench.compare.AbRounds;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.LoadOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.report.ComparisonPage;
import io.hakmem.bench.report.ComparisonTable;
import io.hakmem.bench.subject.SubjectKind;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem ab}: whether one configuration is faster than another. */
@Command(
    name = "ab",
    description = {
      "Compares two configurations, each a profile, gates or both, in one word:",
      "\"LEGACY HAKMEM_CHECKS=off\". Gates of the environment hold for both.",
      "beside:PROFILE keeps a second composition in the same JVM.",
      "A round measures A, B and A again as control, each in a JVM of its own.",
      "GO and NO-GO: the 95 %% interval of the ratio B/A leaves out 1, and its",
      "median is further from 1 than the control comes.",
      "Example: hakmem ab LEGACY \"THROUGHPUT HAKMEM_CHECKS=off\" --workload mixed --runs 20"
    },
    mixinStandardHelpOptions = true)
public final class AbCommand implements Callable<Integer> {

  @Mixin private PageOptions result;

  @Mixin private LoadOptions load;

  @Mixin private BuildOptions builds;

  @Parameters(index = "0", paramLabel = "A", description = "What B is compared with.")
  private String textOfA;

  @Parameters(index = "1", paramLabel = "B", description = "What is judged.")
  private String textOfB;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rounds; fewer than 3 end without a verdict (${DEFAULT-VALUE}).")
  private int runs;

  /** Ends the warm-up of a fork, and then what is measured. */
  @Option(names = "--budget-ms", hidden = true, defaultValue = "700")
  private int budgetMs;

  @Option(names = "--ops", hidden = true, defaultValue = "1000000")
  private int ops;

  @Override
  public Integer call() throws Exception {
    result.check("--runs", runs, 1, CallOptions.MAX_ROUNDS);
    result.check("--threads", load.threads(), 1, CallOptions.MAX_THREADS);
    result.check("--ops", ops, 1, CallOptions.MAX_COUNT);
    result.check("--budget-ms", budgetMs, 1, CallOptions.MAX_BUDGET_MS);
    Load chosen = result.accepted(() -> Load.of(load.name(), load.threads(), ops));
    Configuration ofA = compose(Side.A, textOfA);
    Configuration ofB = compose(Side.B, textOfB);
    load.checkTrace(result);
    result.checkPage();
    BuildOptions.Builds both = builds.builds(result);
    Configuration a = both.a().of(ofA);
    Configuration b = both.b().of(ofB);
    Comparison comparison = new Comparison(a, b);
    new AbRounds(configuration -> chosen.measure(configuration, budgetMs), runs, Progress::show)
        .run(List.of(comparison));
    Progress.clear();
    comparison.checkRounds();
    ComparisonResult measured = ComparisonResult.of(chosen.title(), comparison);
    result.print(
        measured,
        out -> ComparisonTable.print(measured, out),
        () -> ComparisonPage.of(measured, result.provenance()));
    return 0;
  }

  /** Composes once here: what is refused is refused before anything runs. */
  private static Configuration compose(Side side, String text) {
    Configuration configuration = Configuration.parse(side, text);
    try (HakAllocator _ = SubjectKind.compose(configuration.profile(), configuration.gates())) {
      return configuration;
    }
  }
}
