package io.hakmem.bench.load;

import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.TraceException;
import io.hakmem.bench.trace.TraceReader;
import io.hakmem.bench.workload.Workload;
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
  public static final String REPLAY = "replay:";

  private static final int STEPS = 1_000_000;
  private static final int FEW_SLOTS = 400;
  private static final int MANY_SLOTS = 100_000;
  private static final int SEED = 1;

  private static final int LARGE_STEPS = 2000;
  private static final int LARGE_SLOTS = 20;
  private static final int MIB = 1 << 20;

  private static final Map<String, Entry> ENTRIES = entries();

  private Catalogue() {}

  /** A load for so many threads, and one line of what it does. */
  private record Entry(String meaning, IntFunction<Workload> load) {}

  private static Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("c6", midLarge(STEPS, FEW_SLOTS, 257, 768));
    entries.put("mixed", midLarge(STEPS, FEW_SLOTS, 16, 1024));
    entries.put("mid-large", midLarge(STEPS, FEW_SLOTS, 8192, 32_768));
    entries.put("c6-100k", midLarge(STEPS, MANY_SLOTS, 257, 768));
    entries.put("mixed-100k", midLarge(STEPS, MANY_SLOTS, 16, 1024));
    entries.put("larson", new Entry("blocks that a later thread frees", Larson::of));
    entries.put("xmalloc", new Entry("producers allocate, consumers free", Xmalloc::of));
    entries.put("mstress", new Entry("generations of threads that end", Mstress::of));
    entries.put("alloc-test", new Entry("Pareto sizes in Pareto slots", AllocTest::of));
    entries.put("cache-scratch", new Entry("false sharing handed out", CacheWrites::scratch));
    entries.put("cache-thrash", new Entry("false sharing of neighbours", CacheWrites::thrash));
    entries.put("large", midLarge(LARGE_STEPS, LARGE_SLOTS, 5 * MIB, 25 * MIB));
    entries.put("realloc", new Entry("buffers that grow by reallocation", Growth::of));
    entries.put("burst", new Entry("65 MiB allocated, then freed in random order", Burst::of));
    entries.put("virtual", new Entry("10,000 virtual threads that wait", VirtualThreads::of));
    return Collections.unmodifiableMap(entries);
  }

  private static Entry midLarge(int steps, int slots, int min, int max) {
    return new Entry(
        "frees or allocates in one of %,d random slots, %,d-%,d bytes".formatted(slots, min, max),
        threads -> new MidLarge(threads, steps, slots, SEED, min, max));
  }

  /**
   * Finds a load by its name.
   *
   * @param threads how many threads to run; a load that needs more says so by its own number
   * @throws IllegalArgumentException if there is none, or it cannot run on so many threads
   * @throws TraceException if a trace cannot be read as one
   */
  public static Workload of(String name, int threads) {
    if (name.startsWith(REPLAY) && name.length() > REPLAY.length()) {
      return replayed(name.substring(REPLAY.length()), threads);
    }
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "workload=" + name + " is not one of " + String.join(", ", names().keySet()));
    }
    return entry.load().apply(threads);
  }

  private static Workload replayed(String file, int threads) {
    try {
      Events events = TraceReader.read(Path.of(file));
      if (threads == 1) {
        return Replay.onOneThread(events);
      }
      if (threads == events.threads()) {
        return Replay.onOwnThreads(events);
      }
      throw new IllegalArgumentException(
          "threads=%d must be 1 or the %d of the trace".formatted(threads, events.threads()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Each name with one line of meaning, in their order. */
  public static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    ENTRIES.forEach((name, entry) -> names.put(name, entry.meaning()));
    names.put(REPLAY + "FILE", "the operations of a recorded program, on one thread or on its own");
    return Collections.unmodifiableMap(names);
  }
}
