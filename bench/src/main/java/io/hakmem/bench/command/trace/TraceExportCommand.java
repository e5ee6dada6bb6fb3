package io.hakmem.bench.command.trace;

import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.option.TraceOptions;
import io.hakmem.bench.option.WrittenFile;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem trace export}: a trace as text. */
@Command(
    name = "export",
    description = {
      "Writes a trace as text.",
      "Each event has a line. The file is packed with gzip if its name ends in .gz.",
      "Example: hakmem trace export program.trace --to program.txt.gz"
    },
    mixinStandardHelpOptions = true)
final class TraceExportCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "What is written.")
  private Path to;

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Events events = TraceReader.read(file);
    TraceOptions.warn(events, file, result);
    result.checkWritable("--to", to, file);
    WrittenFile.write("--to", to, text -> TraceWriter.write(events, text));
    result.say("%s: %,d events".formatted(to, events.size()));
    return 0;
  }
}
