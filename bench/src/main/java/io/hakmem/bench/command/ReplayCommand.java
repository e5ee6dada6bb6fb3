package io.hakmem.bench.command;

import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.option.MeasureOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.option.TraceOptions;
import io.hakmem.bench.replay.Replay;
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
          + "gzip or plain, as docs/workloads.md describes it.",
      "All calls are made in the program's order on one thread, or each on its own thread "
          + "after those that it depends on. After the timed rounds every block is filled once, "
          + "to see how much memory that takes.",
      "Example: hakmem replay program.trace --threads recorded --verify"
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

  private static final long SECONDS_OF_PEERS = 100;

  @Mixin private ResultOptions result;

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
    Events events = TraceReader.read(file);
    Replay replay = TraceOptions.replay(events, threads, result);
    TraceOptions.warn(events, file, result);
    if (options.isPeers()) {
      compare();
    } else {
      options.measure(replay, Measure.SPEED, verify ? Filling.VERIFY : Filling.FILL, result);
    }
    return 0;
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
