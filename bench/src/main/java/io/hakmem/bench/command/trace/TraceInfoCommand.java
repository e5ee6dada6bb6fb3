package io.hakmem.bench.command.trace;

import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.option.WrittenFile;
import io.hakmem.bench.report.TracePage;
import io.hakmem.bench.trace.TraceInfo;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.trace.TraceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem trace info}: what a trace holds. */
@Command(
    name = "info",
    description = {
      "Shows the sizes and lifetimes of the blocks of a trace, its threads, and what lives over time.",
      "Example: hakmem trace info program.trace --html program.html"
    },
    mixinStandardHelpOptions = true)
final class TraceInfoCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Option(names = "--html", paramLabel = "PAGE", description = "Writes a page of charts, too.")
  private @Nullable Path page;

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    TraceInfo info = TraceInfo.of(TraceReader.read(file));
    result.checkWritable("--html", page, file);
    result.print(info, out -> TraceText.print(info, out));
    if (page != null) {
      WrittenFile.write("--html", page, TracePage.of(String.valueOf(file.getFileName()), info));
    }
    return 0;
  }
}
