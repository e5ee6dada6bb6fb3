package io.hakmem.bench;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.micro.Catalog;
import io.hakmem.bench.micro.Effort;
import io.hakmem.bench.micro.MicroResults;
import io.hakmem.bench.micro.MicroRunner;
import io.hakmem.bench.micro.Microbenchmark;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.result.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem jmh}: benchmarks of single operations. */
@Command(
    name = "jmh",
    description = {
      "Measures single operations of the modules under JMH.",
      "Each benchmark runs in JVMs of its own. The pattern, a regular expression, is "
          + "looked for in \"module/Class.method\", as in \"mid-desc\", \"hit$\" or "
          + "\"PoolV1.*refill\"; \".\" takes all.",
      "Example: hakmem jmh pool-v2 --quick --html pool-v2.html"
    },
    mixinStandardHelpOptions = true)
final class JmhCommand implements Callable<Integer> {

  private static final int MAX_COUNT = 1000;
  private static final int MAX_TIME_MS = 600_000;

  @Mixin private PageOptions result;

  @Parameters(paramLabel = "pattern", arity = "0..1", description = "Which benchmarks.")
  private @Nullable String pattern;

  @Option(
      names = {"-l", "--list"},
      description = "Say what there is to measure, and what it means, and do not measure.")
  private boolean list;

  @Option(names = "--quick", description = "1 fork, 1 and 2 iterations of 200 ms: does it run?")
  private boolean quick;

  @Option(names = "--forks", paramLabel = "N", description = "JVMs of each benchmark.")
  private @Nullable Integer forks;

  @Option(names = "--warmup", paramLabel = "N", description = "Iterations that do not count.")
  private @Nullable Integer warmup;

  @Option(names = "--iterations", paramLabel = "N", description = "Iterations that count.")
  private @Nullable Integer iterations;

  @Option(names = "--time", paramLabel = "MS", description = "Length of an iteration.")
  private @Nullable Integer timeMs;

  @Option(
      names = "--param",
      paramLabel = "NAME=V[,V...]",
      description = "Only these values of a parameter; repeat for more.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--prof",
      paramLabel = "NAME",
      description = "A profiler of JMH, such as gc or stack:lines=3; repeat for more.")
  private List<String> profilers = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    List<Microbenchmark> benchmarks = benchmarks();
    if (list) {
      Catalog.print(benchmarks, result.out());
      return 0;
    }
    MicroRunner runner =
        result.accepted(
            () ->
                new MicroRunner(effort(), parametersOf(benchmarks), profilers, result.isVerbose()));
    result.checkPage();
    MicroResults results = new MicroResults();
    Map<String, String> failed = measure(benchmarks, runner, results);
    print(results, failed);
    return failed.isEmpty() ? 0 : 1;
  }

  private List<Microbenchmark> benchmarks() {
    if (pattern != null) {
      String text = pattern;
      return result.accepted(() -> Catalog.matching(text));
    }
    if (list) {
      return Catalog.all();
    }
    throw result.wrong("Missing pattern: --list says what there is, and . takes all");
  }

  private Effort effort() {
    result.check("--forks", forks, 0, MAX_COUNT);
    result.check("--warmup", warmup, 0, MAX_COUNT);
    result.check("--iterations", iterations, 1, MAX_COUNT);
    result.check("--time", timeMs, 1, MAX_TIME_MS);
    Effort asked = new Effort(forks, warmup, iterations, timeMs);
    return quick ? asked.orElse(Effort.QUICK) : asked;
  }

  /** One that none of the benchmarks has would change nothing. */
  private Map<String, List<String>> parametersOf(List<Microbenchmark> benchmarks) {
    Set<String> known = new TreeSet<>();
    benchmarks.forEach(one -> known.addAll(one.parameters()));
    Map<String, List<String>> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, text) -> {
          if (!known.contains(name)) {
            throw result.wrong("--param=" + name + " is no parameter here; there are " + known);
          }
          values.put(name, List.of(text.split(",", -1)));
        });
    return values;
  }

  /** Returns the reasons of those that failed. */
  private static Map<String, String> measure(
      List<Microbenchmark> benchmarks, MicroRunner runner, MicroResults results) {
    Map<String, String> failed = new LinkedHashMap<>();
    for (Microbenchmark benchmark : benchmarks) {
      int number = benchmarks.indexOf(benchmark) + 1;
      Progress.show(number + " of " + benchmarks.size() + ": " + benchmark.label());
      try {
        results.add(benchmark, runner.run(benchmark));
      } catch (CommandFailure e) {
        failed.put(benchmark.label(), String.valueOf(e.getMessage()));
      }
    }
    Progress.clear();
    return failed;
  }

  private void print(MicroResults results, Map<String, String> failed) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("machine", Machine.now());
    fields.put("results", results.fields());
    fields.put("failed", failed);
    result.print(
        fields,
        out -> {
          results.print(out);
          failed.forEach((label, reason) -> out.println(label + " FAILED: " + reason));
        },
        () -> results.page(result.provenance()));
  }
}
