package io.hakmem.bench.command.trace;

import io.hakmem.bench.option.HtmlOption;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.report.TracePage;
import io.hakmem.bench.trace.TraceInfo;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.trace.TraceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hakmem trace info}: what a trace holds. */
@Command(
    name = "info",
    description = {
      "Shows what a trace holds.",
      "It shows the sizes and lifetimes of the blocks, the threads, and what lives over " + "time.",
      "Example: hakmem trace info program.trace --html program.html"
    },
    mixinStandardHelpOptions = true)
final class TraceInfoCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Mixin private HtmlOption html;

  @Parameters(paramLabel = "FILE", description = "The trace.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    TraceInfo info = TraceInfo.of(TraceReader.read(file));
    html.check(result, file);
    result.print(info, out -> TraceText.print(info, out));
    html.write(() -> TracePage.of(String.valueOf(file.getFileName()), info));
    return 0;
  }
}
