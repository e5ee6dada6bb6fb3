package io.hakmem.bench.command.trace;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.top.JvmConnection;
import io.hakmem.bench.top.ProcessOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
      "Example: hakmem record 4711 --seconds 10 --to program.trace"
    },
    mixinStandardHelpOptions = true)
public final class RecordCommand implements Callable<Integer> {

  private static final int MOST_SECONDS = 86_400;
  private static final long MIB = 1L << 20;

  /** The recording ends by itself if this command is killed. */
  private static final int SPARE_SECONDS = 5;

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
      try {
        TimeUnit.SECONDS.sleep(seconds);
      } finally {
        stop(jvm);
      }
      result.print(files, out -> files.forEach((name, file) -> out.println(name + ": " + file)));
    }
    return 0;
  }

  private void stop(JvmConnection jvm) {
    try {
      jvm.stopRecordings();
    } catch (CommandFailure ended) {
      result.err().println("hakmem: " + ended.getMessage());
      result.err().flush();
    }
  }
}
