package io.hakmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.report.HtmlReport;
import io.hakmem.bench.report.PhaseTable;
import io.hakmem.bench.reproduce.Phase;
import io.hakmem.bench.reproduce.Phases;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.reproduce.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem reproduce}: the experiments of the original. */
@Command(
    name = "reproduce",
    description = {
      "Measures the experiments that HAKMEM is judged by, and says of each whether",
      "the original's conclusion holds here. Without a phase all run; the report is",
      "written as report.json and report.html."
    },
    mixinStandardHelpOptions = true)
final class ReproduceCommand implements Callable<Integer> {

  private static final int MAX_ROUNDS = 10_000;
  private static final int MAX_BUDGET_MS = 3_600_000;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "phase", arity = "0..*", description = "54, 56-57, MD1, 80, ...")
  private List<String> names = new ArrayList<>();

  @Option(names = "--quick", description = "Few and short rounds: under five minutes.")
  private boolean quick;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Rounds of each comparison, at least 3 (10; quick: what fits).")
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

  @Option(names = "--json", description = "Print the report as one JSON object and nothing else.")
  private boolean json;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    check("--runs", runs, Comparison.LEAST_ROUNDS, MAX_ROUNDS);
    check("--budget-ms", budgetMs, 1, MAX_BUDGET_MS);
    check("--ops", ops, 1, 1 << 30);
    List<Phase> phases = phases();
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    Path folder = folder(now);
    Schedule schedule = Schedule.of(phases, quick, runs, budgetMs);
    say(schedule.line());
    JsonNode report = measure(new Reproduction(phases, schedule, ops), schedule, now, this::show);
    write(folder, report);
    print(folder, report);
    return Reproduction.isFailed(report) ? 1 : 0;
  }

  /** Asked for by {@link ExitCodes} through the parsed call. */
  boolean isVerbose() {
    return verbose;
  }

  private List<Phase> phases() {
    try {
      return Phases.select(names, quick);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void check(String option, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw wrong(option + "=" + value + " must be in [" + min + ", " + max + "]");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Tries to write: an hour of measuring must not end in a folder that takes no file. */
  private Path folder(LocalDateTime now) {
    Path folder = out == null ? Path.of("hakmem-report-" + STAMP.format(now)) : out;
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "report", ".tmp"));
      return folder;
    } catch (IOException e) {
      throw wrong("--out=" + folder + " cannot be written: " + e);
    }
  }

  /** Measures with a bar that shows the time left. */
  static JsonNode measure(
      Reproduction reproduction, Schedule schedule, LocalDateTime now, Consumer<JsonNode> done)
      throws InterruptedException {
    try (ProgressBar bar = Progress.bar(schedule.forks())) {
      return reproduction.run(
          now,
          step -> bar.step().setExtraMessage(step),
          result -> {
            Progress.clear();
            done.accept(result);
          });
    } finally {
      Progress.clear();
    }
  }

  private void say(String line) {
    if (!json) {
      PrintWriter to = spec.commandLine().getOut();
      to.println(line);
      to.flush();
    }
  }

  private void show(JsonNode phase) {
    if (!json) {
      PhaseTable.print(phase, spec.commandLine().getOut());
    }
  }

  private static void write(Path folder, JsonNode report) throws IOException {
    Files.writeString(
        folder.resolve("report.json"),
        new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    Files.writeString(folder.resolve("report.html"), HtmlReport.of(report));
  }

  private void print(Path folder, JsonNode report) throws IOException {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      ObjectNode all = new JsonMapper().createObjectNode();
      all.setAll((ObjectNode) report);
      all.put("folder", folder.toString());
      to.println(new JsonMapper().writeValueAsString(all));
    } else {
      to.println();
      to.println(folder);
    }
    to.flush();
  }
}
