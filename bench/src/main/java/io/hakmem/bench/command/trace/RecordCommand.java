package io.hakmem.bench.command.trace;

import io.hakmem.HakAllocatorMXBean.Recorded;
import io.hakmem.HakAllocatorMXBean.RecordingEnd;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.top.JvmConnection;
import io.hakmem.bench.top.ProcessOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem record}: records the allocators of a running JVM for a while. */
@Command(
    name = "record",
    description = {
      "Records every operation of the allocators of a running JVM into files.",
      "It records for some seconds, and writes a file for each allocator. The JVM must "
          + "have been started with HAKMEM_RECORD=attach and HAKMEM_JMX_ENABLED=1.",
      "A recording that reaches its size ends early, which is said. One whose file cannot be "
          + "written to its end, such as on a full disk, is a failure.",
      "Example: hakmem record 4711 --seconds 10 --to program.trace"
    },
    mixinStandardHelpOptions = true)
public final class RecordCommand implements Callable<Integer> {

  private static final int MOST_SECONDS = 86_400;
  private static final long MIB = 1L << 20;

  /** The recording ends by itself if this command is killed. */
  private static final int SPARE_SECONDS = 5;

  /** How often it looks whether a recording ended by itself. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);

  @Mixin private ResultOptions result;

  @Mixin private ProcessOption process;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long to record (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--mib",
      paramLabel = "N",
      defaultValue = "1024",
      description = "The size at which a recording ends early, in MiB (${DEFAULT-VALUE}).")
  private int mib;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "hakmem-%p.trace",
      description = "The file; %%p stands for the process id (${DEFAULT-VALUE}).")
  private Path to;

  @Override
  public Integer call() throws IOException, InterruptedException {
    result.check("--seconds", seconds, 1, MOST_SECONDS);
    result.check("--mib", mib, 1, Integer.MAX_VALUE);
    try (JvmConnection jvm = process.connect()) {
      long mostMs = TimeUnit.SECONDS.toMillis(seconds + SPARE_SECONDS);
      Map<String, String> files =
          jvm.startRecordings(to.toAbsolutePath().toString(), mib * MIB, mostMs);
      SortedMap<String, Recorded> outcomes;
      try {
        waitWhileRecording(jvm);
      } finally {
        outcomes = jvm.stopRecordings(files.keySet());
      }
      result.print(
          outcomes,
          out -> outcomes.forEach((name, outcome) -> out.println(name + ": " + text(outcome))));
      checkWritten(files, outcomes);
    }
    return 0;
  }

  /** No longer than until all have ended by themselves. */
  private void waitWhileRecording(JvmConnection jvm) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long leftNs = endNs - System.nanoTime();
    while (leftNs > 0 && jvm.isRecording()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(leftNs, LOOK_NS));
      leftNs = endNs - System.nanoTime();
    }
  }

  private String text(Recorded outcome) {
    String written =
        String.format(
            Locale.ROOT,
            "%s, %,d events in %,d bytes",
            outcome.file(),
            outcome.events(),
            outcome.bytes());
    return switch (outcome.end()) {
      case STOPPED -> written;
      case SIZE -> written + "; it ended early, since --mib=" + mib + " was reached";
      case TIME -> written + "; its time was over before this command ended it";
      case FAILURE -> written + "; it ended early, since it cannot be written: " + why(outcome);
    };
  }

  private static String why(Recorded outcome) {
    return outcome.failure().isEmpty() ? "the log of the JVM says why" : outcome.failure();
  }

  /** Whoever starts a replay next must not take what is left for the whole. */
  private static void checkWritten(
      Map<String, String> files, SortedMap<String, Recorded> outcomes) {
    files.forEach(
        (name, file) -> {
          Recorded outcome = outcomes.get(name);
          if (outcome == null) {
            throw new CommandFailure(
                "the recording of %s was ended by somebody else; look at %s".formatted(name, file));
          }
          if (outcome.end() == RecordingEnd.FAILURE) {
            throw new CommandFailure(
                "the recording of %s ended early: %s cannot be written: %s"
                    .formatted(name, file, why(outcome)));
          }
        });
  }
}
