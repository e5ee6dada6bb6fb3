package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.gauge.Gauge;
import io.hakmem.bench.gauge.Measure;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.report.TextReport;
import io.hakmem.bench.workload.Catalogue;
import io.hakmem.bench.workload.TraceException;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hakmem measure}: one subject under one load, in this JVM. */
@Command(
    name = "measure",
    description = {
      "Measures one subject under a load of the catalogue, in this JVM:",
      "its speed, the time of each allocation, or the memory it takes.",
      "'hakmem peers' does so with all of them and lists the loads."
    },
    mixinStandardHelpOptions = true)
final class MeasureCommand implements Callable<Integer> {

  private static final int MAX_THREADS = 1024;

  /** The loop without an allocator has one block, which a burst uses too. */
  private static final int LEAST_BYTES = 4096;

  @Spec private CommandSpec spec;

  @Mixin private MeasureOptions options;

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
      names = "--measure",
      paramLabel = "WHAT",
      defaultValue = "speed",
      description = "speed, latency or memory (${DEFAULT-VALUE}).")
  private String measure;

  @Override
  public Integer call() throws Exception {
    options.check(false);
    if (options.isPeers()) {
      throw wrong("--peers: this measures one subject; 'hakmem peers' measures all");
    }
    if (threads < 1 || threads > MAX_THREADS) {
      throw wrong("--threads=" + threads + " must be in [1, " + MAX_THREADS + "]");
    }
    Workload load = checked(() -> Catalogue.of(workload, threads));
    Measure what = checked(() -> Measure.of(measure));
    print(options.measure(load, () -> gauge(load, what).fields()));
    return 0;
  }

  private Gauge gauge(Workload load, Measure what) {
    return new Gauge(
        load,
        options.subject().toString(),
        options.profile(),
        () -> open(Math.max(LEAST_BYTES, load.maxBytes())),
        what,
        options.plan());
  }

  private <T> T checked(Supplier<T> choice) {
    try {
      return choice.get();
    } catch (TraceException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private Subject open(int maxBytes) {
    GateOptions gates = options.gates();
    return options.subject().open(gates.profile(), gates.gates(), maxBytes);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void print(Map<String, Object> fields) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (options.isJson()) {
      out.println(new JsonMapper().writeValueAsString(fields));
      out.flush();
    } else {
      TextReport.print(fields, out);
    }
  }
}
