package io.hakmem.bench.trace;

import io.hakmem.bench.trace.Events.Kind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes traces as text, packed with gzip if the name of the file ends in {@code .gz}. */
public final class TraceWriter {

  private TraceWriter() {}

  /** Writes all events into a file, in place of what is there. */
  public static void write(Events events, Path file) throws IOException {
    try (Writer out =
        new BufferedWriter(new OutputStreamWriter(packed(file), StandardCharsets.US_ASCII))) {
      out.write(TextReader.VERSION_LINE + TextReader.VERSION + "\n");
      for (String warning : events.warnings()) {
        out.write(TextReader.WARNING_LINE + warning + "\n");
      }
      long now = -1;
      for (int i = 0; i < events.size(); i++) {
        if (events.hasTimes() && events.ns(i) != now) {
          now = events.ns(i);
          out.write(TextReader.TIME_LINE + now + "\n");
        }
        out.write(line(events, i));
      }
    }
  }

  private static OutputStream packed(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
  }

  private static String line(Events events, int i) {
    String slot = "," + events.thread(i) + "," + events.slot(i);
    if (events.kind(i) == Kind.FREE) {
      return "f" + slot + "\n";
    }
    String sized = slot + "," + events.bytes(i);
    if (events.alignment(i) > 0) {
      String line = events.kind(i) == Kind.ALLOCATE_CLEARED ? "z" : "m";
      return line + sized + "," + events.alignment(i) + "\n";
    }
    return switch (events.kind(i)) {
      case ALLOCATE_CLEARED -> "c" + sized + "\n";
      case RESIZE -> "r" + sized + "\n";
      default -> "a" + sized + "\n";
    };
  }
}
