package io.hakmem.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.rivals.Rival;
import io.hakmem.bench.rivals.Rivals;
import io.hakmem.bench.turns.AllocatorBuild;
import io.hakmem.bench.turns.TurnPlan;
import io.hakmem.bench.turns.Turns;
import io.hakmem.bench.turns.TurnsReport;
import io.hakmem.bench.turns.TurnsTable;
import io.hakmem.bench.workload.TraceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem turns}: two configurations or builds, in turns in one JVM. */
@Command(
    name = "turns",
    description = {
      "Compares two configurations, each as 'hakmem ab' takes it, or two builds:",
      "in one JVM, in short turns, each with classes of its own. A round is a turn",
      "of A, of B, of A loaded once more as control, and of each peer.",
      "It tells smaller differences than 'hakmem ab'; docs/benchmarks.md says which",
      "it does not see."
    },
    mixinStandardHelpOptions = true)
final class TurnsCommand implements Callable<Integer> {

  private static final int MAX_THREADS = 1024;
  private static final int MAX_ROUNDS = 100_000;
  private static final int MAX_MS = 3_600_000;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "What B is compared with.")
  private String textOfA;

  @Parameters(index = "1", paramLabel = "B", description = "What is judged.")
  private String textOfB;

  @Option(
      names = "--modules-a",
      paramLabel = "DIR",
      description = "Take A's allocator from another build's bench/target/modules.")
  private @Nullable Path modulesOfA;

  @Option(names = "--modules-b", paramLabel = "DIR", description = "Likewise B's.")
  private @Nullable Path modulesOfB;

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
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "c6",
      completionCandidates = AbCommand.WorkloadNames.class,
      description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private String workload;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the load (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "40",
      description = "Rounds, at least 3 (${DEFAULT-VALUE}).")
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

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    check("--threads", threads, 1, MAX_THREADS);
    check("--runs", runs, Comparison.LEAST_ROUNDS, MAX_ROUNDS);
    check("--turn-ms", turnMs, 1, MAX_MS);
    check("--warmup-ms", warmupMs, 1, MAX_MS);
    AllocatorBuild a = checked("modules-a=", () -> new AllocatorBuild(modulesOfA));
    AllocatorBuild b = checked("modules-b=", () -> new AllocatorBuild(modulesOfB));
    List<Rival> peers = names.isEmpty() ? List.of() : checked("", () -> Rivals.peers(names));
    try (Turns turns = checked("", () -> new Turns(workload, threads))) {
      turns.add(Side.A, a, withGates(textOfA));
      turns.add(Side.B, b, withGates(textOfB));
      turns.add(Side.CONTROL, a, withGates(textOfA));
      for (Rival peer : peers) {
        turns.add(peer);
      }
      print(turns.measure(new TurnPlan(runs, turnMs, warmupMs), Progress::show));
    }
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

  private <T> T checked(String option, Supplier<T> choice) {
    try {
      return choice.get();
    } catch (TraceException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw wrong("--" + option + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private String withGates(String text) {
    StringBuilder words = new StringBuilder(text.strip());
    gates.forEach((gate, value) -> words.append(' ').append(gate).append('=').append(value));
    return words.toString().strip();
  }

  private void print(TurnsReport report) throws Exception {
    Progress.clear();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonMapper mapper =
          JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
      out.println(mapper.writeValueAsString(report));
      out.flush();
    } else {
      TurnsTable.print(report, out);
    }
  }
}
