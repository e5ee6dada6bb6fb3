package io.hakmem.bench.command;

import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.option.MeasureOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.trace.Trace;
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
      "Replays an allocation trace, packed with gzip or plain, one event a line:",
      "a,<thread>,<slot>,<bytes> allocates into a slot and f,<thread>,<slot> frees it.",
      "Events of several threads are replayed in program order on one thread.",
      "After the timed rounds every block is filled once, to see how much memory that takes.",
      "Example: hakmem replay trace.txt.gz --verify"
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

  private static final long SECONDS_OF_PEERS = 100;

  @Mixin private ResultOptions result;

  @Mixin private MeasureOptions options;

  @Option(names = "--verify", description = "Fail if a block was overwritten before its free.")
  private boolean verify;

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    options.check(options.isPeers(), result);
    Trace trace = TraceReader.read(file);
    if (options.isPeers()) {
      compare();
    } else {
      options.measure(trace, Measure.SPEED, verify ? Filling.VERIFY : Filling.FILL, result);
    }
    return 0;
  }

  private void compare() throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("replay", file.toString()));
    if (verify) {
      call.add("--verify");
    }
    PeerComparison peers = new PeerComparison(options);
    peers.run("replay " + file.getFileName() + " (M events/s)", SECONDS_OF_PEERS, call);
    peers.print(result);
  }
}
