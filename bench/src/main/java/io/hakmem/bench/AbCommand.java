package io.hakmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.HakAllocator;
import io.hakmem.bench.compare.AbRounds;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.ComparisonTable;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.peer.SubjectKind;
import io.hakmem.bench.workload.Catalogue;
import io.hakmem.bench.workload.TraceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem ab}: whether one configuration is faster than another. */
@Command(
    name = "ab",
    description = {
      "Compares two configurations, each a profile, gates or both, in one word:",
      "\"LEGACY HAKMEM_CHECKS=off\". Gates of the environment hold for both.",
      "beside:PROFILE keeps a second composition in the same JVM.",
      "A round measures A, B and A again as control, each in a JVM of its own.",
      "GO and NO-GO: the 95 %% interval of the ratio B/A leaves out 1, and its",
      "median is further from 1 than the control comes."
    },
    mixinStandardHelpOptions = true)
final class AbCommand implements Callable<Integer> {

  private static final int MAX_THREADS = 1024;
  private static final int MAX_ROUNDS = 10_000;
  private static final int MAX_OPS = 1 << 30;
  private static final int MAX_BUDGET_MS = 3_600_000;

  /** The loads, for the help. */
  static final class WorkloadNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Catalogue.names().keySet().iterator();
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "What B is compared with.")
  private String textOfA;

  @Parameters(index = "1", paramLabel = "B", description = "What is judged.")
  private String textOfB;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "c6",
      completionCandidates = WorkloadNames.class,
      description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private String workload;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rounds, at least 3 (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the load (${DEFAULT-VALUE}).")
  private int threads;

  /** Ends the warm-up of a fork, and then what is measured. */
  @Option(names = "--budget-ms", hidden = true, defaultValue = "700")
  private int budgetMs;

  @Option(names = "--ops", hidden = true, defaultValue = "1000000")
  private int ops;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    check("--runs", runs, Comparison.LEAST_ROUNDS, MAX_ROUNDS);
    check("--threads", threads, 1, MAX_THREADS);
    check("--ops", ops, 1, MAX_OPS);
    check("--budget-ms", budgetMs, 1, MAX_BUDGET_MS);
    Load load = load();
    Configuration a = compose(Side.A, textOfA);
    Configuration b = compose(Side.B, textOfB);
    checkTrace();
    Comparison comparison = new Comparison(a, b);
    new AbRounds(configuration -> fork(load, configuration), runs, Progress::show)
        .run(List.of(comparison));
    Progress.clear();
    comparison.checkRounds();
    print(new ComparisonTable(load.title(), comparison));
    return 0;
  }

  /** Asked for by {@link ExitCodes} through the parsed call. */
  boolean isVerbose() {
    return verbose;
  }

  private void check(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw wrong(option + "=" + value + " must be in [" + min + ", " + max + "]");
    }
  }

  private Load load() {
    try {
      return Load.of(workload, threads, ops);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Composes once here: what is refused is refused before anything runs. */
  private static Configuration compose(Side side, String text) {
    Configuration configuration = Configuration.parse(side, text);
    try (HakAllocator _ = SubjectKind.compose(configuration.profile(), configuration.gates())) {
      return configuration;
    }
  }

  private void checkTrace() throws IOException {
    if (workload.startsWith(Load.REPLAY)) {
      TraceReader.read(Path.of(workload.substring(Load.REPLAY.length())));
    }
  }

  private JsonNode fork(Load load, Configuration configuration)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(load.call());
    call.addAll(List.of("--budget-ms=" + budgetMs, "--json"));
    call.addAll(configuration.options());
    return new Fork(call, load.environment()).run();
  }

  private void print(ComparisonTable table) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new JsonMapper().writeValueAsString(table.fields()));
      out.flush();
    } else {
      table.print(out);
    }
  }
}
