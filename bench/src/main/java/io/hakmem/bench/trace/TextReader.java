package io.hakmem.bench.trace;

import io.hakmem.bench.trace.Events.Kind;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a trace. */
final class TextReader {

  /**
   * What the first line begins with, before the version; a trace without it is one of the first.
   */
  static final String VERSION_LINE = "#hakmem-trace,";

  /** What is written, and the last version that is read. */
  static final int VERSION = 2;

  /** A comment that says when the events behind it were, in ns after the start. */
  static final String TIME_LINE = "#t,";

  /** A comment with a sentence that whoever reads the trace is told. */
  static final String WARNING_LINE = "#warning,";

  private static final Map<String, String> SYNTAX =
      Map.of(
          "a", "a,<thread>,<slot>,<bytes>",
          "c", "c,<thread>,<slot>,<bytes>",
          "m", "m,<thread>,<slot>,<bytes>,<alignment>",
          "z", "z,<thread>,<slot>,<bytes>,<alignment>",
          "r", "r,<thread>,<slot>,<bytes>",
          "f", "f,<thread>,<slot>");

  private static final int MOST_SHOWN = 60;
  private static final int MOST_WARNING = 200;

  private final Events.Builder events = new Events.Builder();
  private int lineNumber;
  private long now;

  /**
   * Reads all lines, or those before the place where the file is cut.
   *
   * @param lines of which the last may be a part of one
   * @param isCut whether the file does not end with the end of a line
   * @throws TraceException naming the line and what is wrong with it
   */
  Events read(BufferedReader lines, boolean isCut) throws IOException {
    try {
      String line = lines.readLine();
      while (line != null) {
        lineNumber++;
        String next = lineBehind(line, lines);
        if (next != null || !isCut || isWhole(line)) {
          parse(line);
        }
        line = next;
      }
    } catch (CutException e) {
      parse(e.lineBefore);
      warnOfCut();
    } catch (ZipException e) {
      throw new TraceException(
          "%d: truncated or broken gzip: %s".formatted(lineNumber + 1, e.getMessage()));
    }
    if (events.size() == 0) {
      throw new TraceException(Math.max(1, lineNumber) + ": the trace ends without an event");
    }
    return events.build();
  }

  private static @Nullable String lineBehind(String line, BufferedReader lines)
      throws IOException, CutException {
    try {
      return lines.readLine();
    } catch (EOFException e) {
      throw new CutException(line); // What was inflated ends somewhere in the line behind it.
    }
  }

  /** The file ends within the line behind this one. */
  private static final class CutException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String lineBefore;

    CutException(String lineBefore) {
      super("cut behind " + lineBefore);
      this.lineBefore = lineBefore;
    }
  }

  /** Whether the last line of a file that ends within a line is an event. */
  private boolean isWhole(String line) {
    String[] fields = line.strip().split(",", -1);
    String syntax = SYNTAX.get(fields[0]);
    boolean isWhole =
        line.isBlank()
            || line.charAt(0) == '#'
            || syntax == null
            || (fields.length == syntax.split(",", -1).length
                && !fields[fields.length - 1].isEmpty());
    if (!isWhole) {
      warnOfCut();
    }
    return isWhole;
  }

  private void warnOfCut() {
    events.warn(
        "the file is cut after line %d: the %d events before it are read"
            .formatted(lineNumber, events.size()));
  }

  private void parse(String line) {
    if (line.startsWith(VERSION_LINE)) {
      number(line, "version", line.substring(VERSION_LINE.length()), 1, VERSION);
    } else if (line.startsWith(TIME_LINE)) {
      now = number(line, "ns", line.substring(TIME_LINE.length()), now, Long.MAX_VALUE);
      events.at(now);
    } else if (line.startsWith(WARNING_LINE)) {
      events.warn(shown(line.substring(WARNING_LINE.length()), MOST_WARNING));
    } else if (!line.isBlank() && line.charAt(0) != '#') {
      parseEvent(line);
    }
  }

  private void parseEvent(String line) {
    String[] fields = line.strip().split(",", -1);
    String syntax = SYNTAX.get(fields[0]);
    if (syntax == null) {
      throw malformed(line, "an event begins with 'a', 'c', 'm', 'z', 'r' or 'f'");
    }
    if (fields.length != syntax.split(",", -1).length) {
      throw malformed(line, "expected " + syntax);
    }
    Kind kind =
        switch (fields[0]) {
          case "c", "z" -> Kind.ALLOCATE_CLEARED;
          case "r" -> Kind.RESIZE;
          case "f" -> Kind.FREE;
          default -> Kind.ALLOCATE;
        };
    int thread = (int) number(line, "thread", fields[1], 0, Integer.MAX_VALUE);
    int slot = (int) number(line, "slot", fields[2], 0, Events.MOST_SLOTS - 1);
    int bytes = kind == Kind.FREE ? 0 : bytes(line, fields[3]);
    long alignment = fields.length > 4 ? alignment(line, fields[4]) : 0;
    try {
      events.add(kind, thread, slot, bytes, alignment);
    } catch (IllegalArgumentException e) {
      throw malformed(line, String.valueOf(e.getMessage()));
    }
  }

  /** A program may ask for 0 bytes, and gets a block that it must free. */
  private int bytes(String line, String field) {
    return (int) Math.max(1, number(line, "bytes", field, 0, Integer.MAX_VALUE));
  }

  private long alignment(String line, String field) {
    long alignment = number(line, "alignment", field, 1, Events.MOST_ALIGNMENT);
    if (Long.bitCount(alignment) != 1) {
      throw malformed(line, "alignment=" + alignment + " must be a power of two");
    }
    return alignment == 1 ? 0 : alignment;
  }

  private long number(String line, String name, String text, long min, long max) {
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw malformed(line, name + "=" + shown(text) + " must be in [" + min + ", " + max + "]");
  }

  private TraceException malformed(String line, String reason) {
    return new TraceException(lineNumber + ": " + reason + ": \"" + shown(line) + "\"");
  }

  /** A file that is no trace at all must not send its bytes to a terminal. */
  private static String shown(String text) {
    return shown(text, MOST_SHOWN);
  }

  private static String shown(String text, int most) {
    String start = text.length() > most ? text.substring(0, most) + "..." : text;
    return start.replaceAll("[^ -~]", "?");
  }
}
