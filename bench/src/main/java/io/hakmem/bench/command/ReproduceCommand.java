package io.hakmem.bench.command;

import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.report.PhaseText;
import io.hakmem.bench.report.ReproductionPage;
import io.hakmem.bench.reproduce.Phase;
import io.hakmem.bench.reproduce.PhaseResult;
import io.hakmem.bench.reproduce.Phases;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.reproduce.Schedule;
import io.hakmem.bench.result.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem reproduce}: the experiments of the original. */
@Command(
    name = "reproduce",
    description = {
      "Measures the experiments that HAKMEM is judged by.",
      "It says of each whether the original's conclusion holds here. Without a phase all "
          + "run. The report is written as report.json and report.html.",
      "Example: hakmem reproduce 81 82 --runs 20 --out report"
    },
    mixinStandardHelpOptions = true)
public final class ReproduceCommand implements Callable<Integer> {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Mixin private ResultOptions result;

  @Parameters(paramLabel = "phase", arity = "0..*", description = "54, 56-57, MD1, 80, ...")
  private List<String> names = new ArrayList<>();

  @Option(names = "--quick", description = "Few and short rounds: under seven minutes.")
  private boolean quick;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Rounds of each comparison, at least 5 (10; quick: what fits).")
  private @Nullable Integer runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the report (hakmem-report-<date>-<time>).")
  private @Nullable Path out;

  @Option(names = "--budget-ms", hidden = true)
  private @Nullable Integer budgetMs;

  @Option(names = "--ops", hidden = true, defaultValue = "1000000")
  private int ops;

  @Override
  public Integer call() throws Exception {
    result.check("--runs", runs, Schedule.LEAST_ROUNDS, CallOptions.MAX_ROUNDS);
    result.check("--budget-ms", budgetMs, 1, CallOptions.MAX_BUDGET_MS);
    result.check("--ops", ops, 1, CallOptions.MAX_COUNT);
    List<Phase> phases = result.accepted(() -> Phases.select(names, quick));
    Path folder = folder();
    Schedule schedule = Schedule.of(phases, quick, runs, budgetMs);
    result.say(schedule.line());
    Reproduction.Result report =
        measure(new Reproduction(phases, schedule, ops), schedule, this::show);
    Files.writeString(folder.resolve("report.json"), Json.indented(result.withProvenance(report)));
    Files.writeString(
        folder.resolve("report.html"), ReproductionPage.of(report, result.provenance()));
    result.print(report.in(folder.toString()), out -> out.printf("%n%s%n", folder));
    return report.isFailed() ? 1 : 0;
  }

  /** Tries to write: an hour of measuring must not end in a folder that takes no file. */
  private Path folder() {
    Path folder =
        out == null
            ? Path.of("hakmem-report-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())))
            : out;
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "report", ".tmp"));
      return folder;
    } catch (IOException e) {
      throw result.unwritable("--out", folder, e);
    }
  }

  /** Measures with a bar that shows the time left. */
  static Reproduction.Result measure(
      Reproduction reproduction, Schedule schedule, Consumer<PhaseResult> done)
      throws InterruptedException {
    try (ProgressBar bar = Progress.bar(schedule.forks())) {
      return reproduction.run(
          step -> bar.step().setExtraMessage(step),
          phase -> {
            Progress.clear();
            done.accept(phase);
          });
    } finally {
      Progress.clear();
    }
  }

  private void show(PhaseResult phase) {
    if (!result.isJson()) {
      PhaseText.print(phase, result.out());
    }
  }
}
