package io.hakmem.bench.command.trace;

import io.hakmem.bench.foreign.NativeLines;
import io.hakmem.bench.foreign.NettyEvents;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.option.TraceOptions;
import io.hakmem.bench.option.WrittenFile;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceException;
import io.hakmem.bench.trace.TraceWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem trace import}: traces of programs that do not use HAKMEM. */
@Command(
    name = "import",
    description = {
      "Makes a trace of what another tool wrote.",
      "That is a file of Flight Recorder with Netty's events of direct buffers, or the "
          + "text of glibc's mtrace or of ltrace with calls of malloc and free.",
      "Example: hakmem trace import server.jfr --to server.txt.gz"
    },
    mixinStandardHelpOptions = true)
final class TraceImportCommand implements Callable<Integer> {

  /** What a file of Flight Recorder begins with. */
  private static final String FLIGHT_RECORDER = "FLR\0";

  @Mixin private ResultOptions result;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TRACE",
      description = "The trace, packed with gzip if its name ends in .gz.")
  private Path to;

  @Parameters(paramLabel = "FILE", description = "What the other tool wrote.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TraceException(
          file + (Files.isDirectory(file) ? ": is a directory" : ": no such file"));
    }
    Events events = isFlightRecorder() ? NettyEvents.read(file) : NativeLines.read(file);
    TraceOptions.warn(events, file, result);
    result.checkWritable("--to", to, file);
    WrittenFile.write("--to", to, text -> TraceWriter.write(events, text));
    result.say("%s: %,d events of %d threads".formatted(to, events.size(), events.threads()));
    return 0;
  }

  private boolean isFlightRecorder() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(FLIGHT_RECORDER.length());
      return new String(first, StandardCharsets.US_ASCII).equals(FLIGHT_RECORDER);
    }
  }
}
