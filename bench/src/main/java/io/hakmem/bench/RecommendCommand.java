package io.hakmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.report.AdviceTable;
import io.hakmem.bench.reproduce.Phase;
import io.hakmem.bench.reproduce.Phases;
import io.hakmem.bench.reproduce.Recommendation;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.reproduce.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hakmem recommend}: which configuration to take. */
@Command(
    name = "recommend",
    description = {
      "Says which of zero header, flatten, both or neither to take, by workload and",
      "length, from the measured rows of a report or from rows that it measures."
    },
    mixinStandardHelpOptions = true)
final class RecommendCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "A report.json of hakmem reproduce; without it the rows are measured.")
  private @Nullable Path from;

  @Option(names = "--quick", description = "Measure in under five minutes.")
  private boolean quick;

  @Option(names = "--budget-ms", hidden = true)
  private @Nullable Integer budgetMs;

  @Option(names = "--ops", hidden = true, defaultValue = "1000000")
  private int ops;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    if (from != null && quick) {
      throw new ParameterException(
          spec.commandLine(), "--quick measures, but --from=" + from + " is measured already");
    }
    Recommendation recommendation = new Recommendation(from == null ? measured() : read(from));
    if (recommendation.isEmpty()) {
      throw new CommandFailure(
          from + ": no row of the phases " + String.join(", ", Recommendation.PHASES));
    }
    print(new JsonMapper().valueToTree(recommendation.fields()));
    return recommendation.isIncomplete() ? 1 : 0;
  }

  /** Asked for by {@link ExitCodes} through the parsed call. */
  boolean isVerbose() {
    return verbose;
  }

  private static JsonNode read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(file + ": no such file");
    } catch (IOException e) {
      throw new CommandFailure(file + ": cannot be read: " + e.getMessage());
    }
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new CommandFailure(file + ": is no JSON: " + e.getMessage());
    }
  }

  private JsonNode measured() throws InterruptedException {
    List<Phase> phases = Phases.select(Recommendation.PHASES, quick);
    Schedule schedule = Schedule.of(phases, quick, null, budgetMs);
    if (!json) {
      spec.commandLine().getOut().println(schedule.line());
      spec.commandLine().getOut().flush();
    }
    return ReproduceCommand.measure(
        new Reproduction(phases, schedule, ops),
        schedule,
        LocalDateTime.now(ZoneId.systemDefault()),
        _ -> {});
  }

  private void print(JsonNode advice) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonMapper mapper = new JsonMapper();
      out.println(mapper.writeValueAsString(mapper.createObjectNode().set("advice", advice)));
      out.flush();
    } else {
      AdviceTable.print(advice, out);
    }
  }
}
