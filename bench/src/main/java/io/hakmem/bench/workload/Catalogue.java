package io.hakmem.bench.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The loads by the names that the command line takes. */
public final class Catalogue {

  /** What stands before the file of a trace. */
  private static final String REPLAY = "replay:";

  private static final int OPS = 1_000_000;
  private static final int SLOTS = 400;
  private static final int SEED = 1;

  private static final Map<String, Entry> ENTRIES = entries();

  private Catalogue() {}

  /** A load for so many threads, and one line of what it does. */
  private record Entry(String meaning, IntFunction<Workload> load) {}

  private static Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("c6", midLarge(257, 768));
    entries.put("mixed", midLarge(16, 1024));
    entries.put("mid-large", midLarge(8192, 32_768));
    return Collections.unmodifiableMap(entries);
  }

  private static Entry midLarge(int min, int max) {
    return new Entry(
        "free or allocate in one of %d random slots, %d-%d bytes".formatted(SLOTS, min, max),
        threads -> new MidLarge(threads, OPS, SLOTS, SEED, min, max));
  }

  /**
   * Finds a load by its name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot run on so many threads
   * @throws TraceException if a trace cannot be read as one
   */
  public static Workload of(String name, int threads) {
    if (name.startsWith(REPLAY) && name.length() > REPLAY.length()) {
      return replay(name.substring(REPLAY.length()), threads);
    }
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "workload=" + name + " is not one of " + String.join(", ", names().keySet()));
    }
    return entry.load().apply(threads);
  }

  private static Workload replay(String file, int threads) {
    if (threads != 1) {
      throw new IllegalArgumentException(
          "threads=" + threads + " must be 1 with a trace, which is replayed on one thread");
    }
    try {
      return TraceReader.read(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Each name with one line of meaning, in their order. */
  public static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    ENTRIES.forEach((name, entry) -> names.put(name, entry.meaning()));
    names.put(REPLAY + "FILE", "the allocations of a recorded program, on one thread");
    return names;
  }
}
