package io.hakmem.bench.foreign;

import io.hakmem.bench.trace.BlockOrder;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.trace.TraceException;
import io.hakmem.bench.trace.TraceReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines that {@code mtrace} of glibc and {@code ltrace} write of calls of malloc and its kin.
 * Neither says which calls of several threads belong together in time beyond the order of lines.
 */
public final class NativeLines {

  private static final String HEX = "(0x[0-9a-f]+)";

  /** {@code @ caller sign address [size]}; the caller may hold blanks. */
  private static final Pattern MTRACE =
      Pattern.compile("(?:@ .* )?([-+<>!]) " + HEX + "(?: " + HEX + ")?");

  private static final Set<String> ALLOCATIONS =
      Set.of("malloc", "calloc", "memalign", "aligned_alloc");

  private static final String END_OF_MTRACE = "= End";

  private static final Pattern PROCESS = Pattern.compile("^(?:\\[pid )?(\\d+)(?:\\])? +");

  private static final Pattern CALL =
      Pattern.compile(
          "(?:\\S+->)?(malloc|calloc|realloc|free|memalign|aligned_alloc)\\(([^)]*)\\)"
              + " *= *(\\S+).*");

  private final BlockOrder order;
  private final Map<String, Integer> threads = new HashMap<>();
  private int lineNumber;
  private int found;
  private @Nullable String warning;

  private NativeLines() {
    // Both start in the middle of a program, and leave out what the loader does.
    order = new BlockOrder(1, false);
  }

  /**
   * Reads a file.
   *
   * @throws TraceException if no line of it is a call
   */
  public static Events read(Path file) throws IOException {
    NativeLines reader = new NativeLines();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      boolean isCut = TraceReader.endsWithinLine(file);
      String line = lines.readLine();
      while (line != null) {
        String next = lines.readLine();
        reader.lineNumber++;
        if (next != null || !isCut) {
          reader.take(line.strip());
        } else {
          reader.leaveOut(line);
        }
        line = next;
      }
    } catch (TraceException e) {
      throw new TraceException(
          "%s:%d: %s".formatted(file, reader.lineNumber, String.valueOf(e.getMessage()).strip()));
    }
    if (reader.found == 0) {
      throw new TraceException(file + ": no line is one of mtrace or of ltrace's malloc and free");
    }
    return reader.order.end(reader.warning, 0);
  }

  /** The last figure of a line that is cut may be a part of one. */
  private void leaveOut(String line) {
    if (!END_OF_MTRACE.equals(line.strip())) {
      warning = "the file is cut within line " + lineNumber + ", which is left out";
    }
  }

  private void take(String line) {
    Matcher traced = MTRACE.matcher(line);
    if (traced.matches()) {
      found++;
      order.thread(0);
      takeMtrace(traced.group(1).charAt(0), number(traced.group(2)), traced.group(3));
      return;
    }
    Matcher process = PROCESS.matcher(line);
    boolean hasProcess = process.lookingAt();
    Matcher call = CALL.matcher(hasProcess ? line.substring(process.end()) : line);
    if (call.matches()) {
      found++;
      order.thread(hasProcess ? threadOf(process.group(1)) : 0);
      takeCall(call.group(1), call.group(2).split(" *, *", -1), call.group(3));
    }
  }

  private int threadOf(String process) {
    return threads.computeIfAbsent(process, _ -> threads.size());
  }

  private void takeMtrace(char sign, long address, @Nullable String size) {
    switch (sign) {
      case '+' -> order.allocate(address, required(size), 0, Kind.ALLOCATE);
      case '-' -> order.free(address);
      case '<' -> order.resizing(address);
      case '>' -> order.resized(address, required(size));
      default -> {} // A reallocation that was refused.
    }
  }

  private static long required(@Nullable String size) {
    if (size == null) {
      throw new TraceException("an allocation without a size");
    }
    return number(size);
  }

  private void takeCall(String function, String[] arguments, String result) {
    long address = result.startsWith("0x") ? number(result) : 0;
    if (address == 0 && ALLOCATIONS.contains(function)) {
      return; // It was refused, whatever it asked for.
    }
    switch (function) {
      case "malloc" -> allocated(address, argument(arguments, 0), 0, Kind.ALLOCATE);
      case "calloc" ->
          allocated(
              address,
              product(argument(arguments, 0), argument(arguments, 1)),
              0,
              Kind.ALLOCATE_CLEARED);
      case "memalign", "aligned_alloc" ->
          allocated(address, argument(arguments, 1), argument(arguments, 0), Kind.ALLOCATE);
      case "realloc" -> reallocated(argument(arguments, 0), argument(arguments, 1), address);
      default -> free(argument(arguments, 0));
    }
  }

  /** A program may ask for more than a number holds, and is refused. */
  private static long product(long count, long bytes) {
    return Math.multiplyHigh(count, bytes) == 0 && count * bytes >= 0
        ? count * bytes
        : Long.MAX_VALUE;
  }

  private void allocated(long address, long bytes, long alignment, Kind kind) {
    if (address != 0) {
      order.allocate(address, bytes, Long.bitCount(alignment) == 1 ? alignment : 0, kind);
    }
  }

  private void reallocated(long before, long bytes, long address) {
    if (before == 0) {
      allocated(address, bytes, 0, Kind.ALLOCATE);
    } else if (bytes == 0) {
      free(before);
    } else if (address != 0) {
      order.resizing(before);
      order.resized(address, bytes);
    }
  }

  private void free(long address) {
    if (address != 0) {
      order.free(address);
    }
  }

  private static long argument(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new TraceException("a call with too few arguments");
    }
    String text = arguments[index].strip();
    return text.equals("nil") || text.equals("NULL") ? 0 : number(text);
  }

  private static long number(String text) {
    try {
      return text.startsWith("0x")
          ? Long.parseUnsignedLong(text.substring(2), 16)
          : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TraceException("'" + text + "' is no number");
    }
  }
}
