package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.report.TextReport;
import io.hakmem.bench.workload.Trace;
import io.hakmem.bench.workload.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem replay}: the allocations of a real program. */
@Command(
    name = "replay",
    description = {
      "Replays an allocation trace, packed with gzip or plain, one event a line:",
      "a,<thread>,<slot>,<bytes> allocates into a slot and f,<thread>,<slot> frees it.",
      "Events of several threads are replayed in program order on one thread.",
      "After the timed rounds every block is filled once, to see how much memory that takes."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  private static final long SECONDS_OF_PEERS = 100;

  @Spec private CommandSpec spec;

  @Mixin private MeasureOptions options;

  @Option(names = "--verify", description = "Fail if a block was overwritten before its free.")
  private boolean verify;

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    options.check(options.isPeers());
    PrintWriter out = spec.commandLine().getOut();
    Trace trace = TraceReader.read(file);
    if (options.isPeers()) {
      PeerComparison.print(List.of(comparison().run()), options.isJson(), out);
      return 0;
    }
    Map<String, Object> fields =
        options.measure(trace, () -> new Session(options, trace, verify).run().fields());
    if (options.isJson()) {
      out.println(new JsonMapper().writeValueAsString(fields));
      out.flush();
    } else {
      TextReport.print(fields, out);
    }
    return 0;
  }

  private PeerComparison comparison() {
    List<String> call = new ArrayList<>(List.of("replay", file.toString()));
    String title = "replay " + file.getFileName() + " (M events/s)";
    if (verify) {
      call.add("--verify");
    }
    call.addAll(options.forkOptions());
    return new PeerComparison(title, options.rounds(), SECONDS_OF_PEERS, call, options.gates());
  }
}
