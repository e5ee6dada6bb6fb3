package io.hakmem.bench.trace;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads traces: {@code a,<thread>,<slot>,<bytes>} allocates into a slot, {@code f,<thread>,<slot>}
 * frees it, lines that begin with {@code #} are comments. Gzip is recognised by its first bytes.
 */
public final class TraceReader {

  private static final int MAX_SLOTS = 1 << 26;

  private long[] numbers = new long[1 << 16];
  private boolean[] occupied = new boolean[1 << 10];
  private int events;
  private int frees;
  private int slots;
  private int lineNumber;

  private TraceReader() {}

  /** Reads a file, packed or plain. */
  public static Trace read(Path file) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new TraceException(
          file + (Files.isDirectory(file) ? ": is a directory" : ": no such file"));
    }
    TraceReader reader = new TraceReader();
    try (InputStream in = unpacked(new BufferedInputStream(Files.newInputStream(file)));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return reader.parse(lines);
    } catch (AccessDeniedException e) {
      throw new TraceException(file + ": may not be read");
    } catch (EOFException | ZipException e) {
      // What was inflated so far ends somewhere in the line after those that were read.
      throw new TraceException(
          "%s:%d: truncated or broken gzip: %s"
              .formatted(file, reader.lineNumber + 1, e.getMessage()));
    } catch (TraceException e) {
      throw new TraceException(file + ":" + e.getMessage());
    }
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    in.mark(2);
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return packed ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private Trace parse(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      lineNumber++;
      if (!line.isBlank() && line.charAt(0) != '#') {
        parse(line);
      }
    }
    if (events == 0) {
      throw new TraceException(Math.max(1, lineNumber) + ": the trace ends without an event");
    }
    return new Trace(terminated(), frees, new long[slots]);
  }

  private long[] terminated() {
    long[] all = Arrays.copyOf(numbers, events + 1);
    all[events] = Trace.END;
    return all;
  }

  private void parse(String line) {
    String[] fields = line.strip().split(",", -1);
    boolean allocates = fields[0].equals("a");
    if (!allocates && !fields[0].equals("f")) {
      throw malformed(line, "an event begins with 'a' or 'f'");
    }
    if (fields.length != (allocates ? 4 : 3)) {
      throw malformed(
          line, "expected " + (allocates ? "a,<thread>,<slot>,<bytes>" : "f,<thread>,<slot>"));
    }
    number(line, "thread", fields[1], 0, Integer.MAX_VALUE);
    int slot = number(line, "slot", fields[2], 0, MAX_SLOTS - 1);
    add(slot, allocates ? bytes(line, fields[3]) : 0);
    frees += allocates ? 0 : 1;
    occupy(line, slot, allocates);
  }

  private void occupy(String line, int slot, boolean allocates) {
    if (slot >= occupied.length) {
      occupied = Arrays.copyOf(occupied, Math.max(slot + 1, 2 * occupied.length));
    }
    if (occupied[slot] == allocates) {
      throw malformed(line, "slot " + slot + (allocates ? " is occupied" : " is empty"));
    }
    occupied[slot] = allocates;
    slots = Math.max(slots, slot + 1);
  }

  /** A program may ask for 0 bytes, and gets a block that it must free. */
  private int bytes(String line, String field) {
    return Math.max(1, number(line, "bytes", field, 0, Integer.MAX_VALUE));
  }

  private void add(int slot, int bytes) {
    if (events == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * events);
    }
    numbers[events++] = Trace.event(slot, bytes);
  }

  private int number(String line, String name, String text, int min, int max) {
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return (int) value;
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
    String start = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return start.replaceAll("[^ -~]", "?");
  }
}
