package io.hakmem.bench.command;

import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.option.RoundOptions;
import io.hakmem.bench.report.ComparisonPage;
import io.hakmem.bench.report.ComparisonTable;
import io.hakmem.bench.subject.SubjectKind;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hakmem ab}: whether one configuration is faster than another. */
@Command(
    name = "ab",
    description = {
      "Compares two configurations, each measured in JVMs of its own.",
      "A configuration is a profile, gates or both, in one word: \"LEGACY "
          + "HAKMEM_CHECKS=off\". Gates of the environment hold for both. beside:PROFILE keeps a "
          + "second composition in the same JVM.",
      "A round measures A, B and A again as control. The verdict is GO or NO-GO where the "
          + "95 %% interval of the ratio B/A leaves out 1, its median is further from 1 than "
          + "the control comes, and B is beyond both A and the control in more rounds than luck "
          + "explains.",
      "Example: hakmem ab LEGACY \"THROUGHPUT HAKMEM_CHECKS=off\" --workload mixed --runs 20"
    },
    mixinStandardHelpOptions = true)
public final class AbCommand implements Callable<Integer> {

  @Mixin private PageOptions result;

  @Mixin private RoundOptions rounds;

  @Mixin private BuildOptions builds;

  @Parameters(index = "0", paramLabel = "A", description = "What B is compared with.")
  private String textOfA;

  @Parameters(index = "1", paramLabel = "B", description = "What is judged.")
  private String textOfB;

  @Override
  public Integer call() throws Exception {
    Load chosen = rounds.load(result);
    Configuration ofA = checked(Side.A, textOfA);
    Configuration ofB = checked(Side.B, textOfB);
    rounds.checkTrace(result);
    result.checkPage();
    BuildOptions.Builds both = builds.builds(result);
    Comparison comparison =
        new Comparison(BuildOptions.of(both.a(), ofA), BuildOptions.of(both.b(), ofB));
    rounds.run(chosen, List.of(comparison));
    ComparisonResult measured = ComparisonResult.of(chosen.title(), comparison);
    result.print(
        measured,
        out -> ComparisonTable.print(measured, out),
        () -> ComparisonPage.of(measured, result.provenance()));
    return 0;
  }

  private static Configuration checked(Side side, String text) {
    Configuration configuration = Configuration.parse(side, text);
    SubjectKind.check(configuration.profile(), configuration.gates());
    return configuration;
  }
}
