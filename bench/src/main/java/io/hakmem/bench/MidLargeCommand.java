package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.report.PeerTable;
import io.hakmem.bench.report.TextReport;
import io.hakmem.bench.workload.MidLarge;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem mid-large-mt}: the standard benchmark. */
@Command(
    name = "mid-large-mt",
    description = {
      "Frees or allocates in random slots: the standard benchmark.",
      "Without arguments: the call 1 1000000 400 1, beside the peers.",
      "HAKMEM_BENCH_MIN_SIZE and HAKMEM_BENCH_MAX_SIZE (8192 and 32768) bound the sizes."
    },
    mixinStandardHelpOptions = true)
final class MidLargeCommand implements Callable<Integer> {

  private static final long SECONDS_OF_PEERS = 100;
  private static final List<Integer> STANDARD = List.of(1, 1_000_000, 400, 1);

  @Spec private CommandSpec spec;

  @Mixin private MeasureOptions options;

  @Option(names = "--min-size", hidden = true, defaultValue = "${env:HAKMEM_BENCH_MIN_SIZE:-8192}")
  private int minBytes;

  @Option(names = "--max-size", hidden = true, defaultValue = "${env:HAKMEM_BENCH_MAX_SIZE:-32768}")
  private int maxBytes;

  @Parameters(
      paramLabel = "<threads> <ops> <ws> <seed>",
      arity = "0..4",
      description = "Threads, steps of each, slots of each, and the seed.")
  private List<Integer> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    check();
    PrintWriter out = spec.commandLine().getOut();
    if (arguments.isEmpty() || options.isPeers()) {
      PeerComparison.print(peers(), options.isJson(), out);
      return 0;
    }
    print(new Session(options, load(), false).run().fields(), out);
    return 0;
  }

  private void print(Map<String, Object> fields, PrintWriter out) throws IOException {
    if (options.isJson()) {
      out.println(new JsonMapper().writeValueAsString(fields));
      out.flush();
    } else {
      TextReport.print(fields, out);
    }
  }

  private void check() {
    if (!arguments.isEmpty() && arguments.size() != 4) {
      throw wrong("expected <threads> <ops> <ws> <seed>, got " + arguments.size() + " of 4");
    }
    List<String> names = List.of("threads", "ops", "ws");
    for (int i = 0; i < arguments.size() && i < names.size(); i++) {
      inRange(names.get(i), arguments.get(i), i == 0 ? 1024 : 1 << 30);
    }
    inRange("HAKMEM_BENCH_MIN_SIZE", minBytes, 1 << 30);
    inRange("HAKMEM_BENCH_MAX_SIZE", maxBytes, 1 << 30);
    if (minBytes > maxBytes) {
      throw wrong(
          "HAKMEM_BENCH_MIN_SIZE=" + minBytes + " is above HAKMEM_BENCH_MAX_SIZE=" + maxBytes);
    }
  }

  private void inRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw wrong(name + "=" + value + " must be in [1, " + max + "]");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private MidLarge load() {
    List<Integer> a = arguments.isEmpty() ? STANDARD : arguments;
    return new MidLarge(a.get(0), a.get(1), a.get(2), a.get(3), minBytes, maxBytes);
  }

  private List<PeerTable> peers() throws IOException {
    List<PeerTable> tables = new ArrayList<>();
    if (arguments.isEmpty() && isDefaultSizes()) {
      tables.add(compare("C6-heavy", 257, 768, SECONDS_OF_PEERS / 2));
      tables.add(compare("mid/large", minBytes, maxBytes, SECONDS_OF_PEERS / 2));
    } else {
      tables.add(compare("mid-large-mt", minBytes, maxBytes, SECONDS_OF_PEERS));
    }
    return tables;
  }

  private static boolean isDefaultSizes() {
    return System.getenv("HAKMEM_BENCH_MIN_SIZE") == null
        && System.getenv("HAKMEM_BENCH_MAX_SIZE") == null;
  }

  private PeerTable compare(String name, int min, int max, long seconds) throws IOException {
    List<String> call = new ArrayList<>(List.of("mid-large-mt"));
    (arguments.isEmpty() ? STANDARD : arguments).forEach(number -> call.add(number.toString()));
    String title =
        "%s, %d-%d bytes: %s (M ops/s)".formatted(name, min, max, String.join(" ", call));
    call.addAll(List.of("--min-size", Integer.toString(min), "--max-size", Integer.toString(max)));
    call.addAll(options.forkOptions());
    return new PeerComparison(title, options.rounds(), seconds, call, options.gates()).run();
  }
}
