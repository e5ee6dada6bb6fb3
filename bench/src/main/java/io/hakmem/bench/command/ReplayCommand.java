package io.hakmem.bench.command;

import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.option.MeasureOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.option.TraceOptions;
import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.replay.ReplayPage;
import io.hakmem.bench.report.TextReport;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem replay}: the allocations of a real program. */
@Command(
    name = "replay",
    description = {
      "Replays the allocations of a real program.",
      "The trace is a file that HAKMEM_RECORD or hakmem record wrote, or text, packed with "
          + "gzip or plain, as docs/benchmarks.md describes it.",
      "All calls are made in the program's order on one thread, or each on its own thread "
          + "after those that it depends on. After the timed rounds every block is filled once, "
          + "to see how much memory that takes; --html draws it over the events.",
      "Example: hakmem replay program.trace --threads recorded --verify"
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

  private static final long SECONDS_OF_PEERS = 100;

  @Mixin private PageOptions result;

  @Mixin private MeasureOptions options;

  @Option(
      names = "--verify",
      description = "Fail if the contents of a block were changed before its free.")
  private boolean verify;

  @Option(
      names = "--threads",
      paramLabel = "N|recorded",
      defaultValue = "1",
      description = "Threads of the replay: 1, or those of the trace (${DEFAULT-VALUE}).")
  private String threads;

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    options.check(options.isPeers(), result);
    checkPage();
    Events events = TraceReader.read(file);
    Replay replay = TraceOptions.replay(events, threads, result);
    TraceOptions.warn(events, file, result);
    if (options.isPeers()) {
      compare();
    } else {
      Report report =
          options.measured(replay, Measure.SPEED, verify ? Filling.VERIFY : Filling.FILL, result);
      result.print(
          report,
          out -> TextReport.print(report, out),
          () -> ReplayPage.of(report, result.provenance()));
    }
    return 0;
  }

  /** Draws the memory of one subject. */
  private void checkPage() {
    if (result.isPage() && (options.isPeers() || !options.subject().isAllocator())) {
      throw result.wrong(
          "--html draws the memory of one allocator, and goes with neither --peers nor"
              + " --subject=floor");
    }
    result.checkPage();
  }

  private void compare() throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("replay", file.toString(), "--threads=" + threads));
    if (verify) {
      call.add("--verify");
    }
    PeerComparison peers = new PeerComparison(options);
    peers.run("replay " + file.getFileName() + " (M events/s)", SECONDS_OF_PEERS, call);
    peers.print(result);
  }
}
