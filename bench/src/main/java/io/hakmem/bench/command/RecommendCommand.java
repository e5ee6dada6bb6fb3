package io.hakmem.bench.command;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.option.ReadFile;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.report.PhaseText;
import io.hakmem.bench.reproduce.Phase;
import io.hakmem.bench.reproduce.Phases;
import io.hakmem.bench.reproduce.Recommendation;
import io.hakmem.bench.reproduce.Recommendation.Advice;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.reproduce.Schedule;
import io.hakmem.bench.result.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem recommend}: which configuration to take. */
@Command(
    name = "recommend",
    description = {
      "Says which of zero header, flatten, both or neither to take.",
      "It says so by workload and length, from the measured rows of a report or from rows "
          + "that it measures.",
      "Example: hakmem recommend --from report/report.json"
    },
    mixinStandardHelpOptions = true)
public final class RecommendCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "A report.json of hakmem reproduce; without it the rows are measured.")
  private @Nullable Path from;

  @Option(names = "--quick", description = "Measure in under seven minutes.")
  private boolean quick;

  @Option(names = "--budget-ms", hidden = true)
  private @Nullable Integer budgetMs;

  @Option(names = "--ops", hidden = true, defaultValue = "1000000")
  private int ops;

  @Override
  public Integer call() throws Exception {
    if (from != null && quick) {
      throw result.wrong("--quick measures, but --from=" + from + " is measured already");
    }
    Recommendation recommendation = new Recommendation(from == null ? measured() : read(from));
    if (recommendation.isEmpty()) {
      throw new CommandFailure(
          from + ": no row of the phases " + String.join(", ", Recommendation.PHASES));
    }
    List<Advice> advice = recommendation.advice();
    result.print(Map.of("advice", advice), out -> PhaseText.print(advice, out));
    return recommendation.isIncomplete() ? 1 : 0;
  }

  private static Reproduction.Result read(Path file) {
    try {
      return Json.read(ReadFile.text(file), Reproduction.Result.class);
    } catch (IOException e) {
      throw new CommandFailure(file + ": is no JSON: " + e.getMessage());
    }
  }

  private Reproduction.Result measured() throws InterruptedException {
    List<Phase> phases = Phases.select(Recommendation.PHASES, quick);
    Schedule schedule = Schedule.of(phases, quick, null, budgetMs);
    result.say(schedule.line());
    return ReproduceCommand.measure(new Reproduction(phases, schedule, ops), schedule, _ -> {});
  }
}
