package io.hakmem.bench.compare;

import java.util.List;
import java.util.Map;

/**
 * What {@code hakmem ab} measures with.
 *
 * @param title for people
 * @param call the measuring command, without options
 * @param environment what the command reads beside it
 */
public record Load(String title, List<String> call, Map<String, String> environment) {

  /** The environment variable of the smallest request. */
  public static final String MIN = "HAKMEM_BENCH_MIN_SIZE";

  /** The environment variable of the largest request. */
  public static final String MAX = "HAKMEM_BENCH_MAX_SIZE";

  /** The smallest request of the standard benchmark. */
  public static final int DEFAULT_MIN_BYTES = 8192;

  /** Its largest one. */
  public static final int DEFAULT_MAX_BYTES = 32_768;

  /** What stands before the file of a trace. */
  public static final String REPLAY = "replay:";

  /**
   * Finds a load by its name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot run on so many threads
   */
  public static Load of(String name, int threads, int ops) {
    return switch (name) {
      case "c6" -> generated(name, threads, ops, 257, 768);
      case "mixed" -> generated(name, threads, ops, 16, 1024);
      case "mid-large" -> generated(name, threads, ops, DEFAULT_MIN_BYTES, DEFAULT_MAX_BYTES);
      default -> replay(name, threads);
    };
  }

  private static Load generated(String name, int threads, int ops, int min, int max) {
    List<String> call =
        List.of("mid-large-mt", Integer.toString(threads), Integer.toString(ops), "400", "1");
    return new Load(
        "%s, %d-%d bytes: %s".formatted(name, min, max, String.join(" ", call)),
        call,
        Map.of(MIN, Integer.toString(min), MAX, Integer.toString(max)));
  }

  private static Load replay(String name, int threads) {
    if (!name.startsWith(REPLAY) || name.length() == REPLAY.length()) {
      throw new IllegalArgumentException(
          "--workload=" + name + " is not one of c6, mixed, mid-large, replay:FILE");
    }
    if (threads != 1) {
      throw new IllegalArgumentException(
          "--threads=" + threads + " must be 1 with a trace, which is replayed on one thread");
    }
    List<String> call = List.of("replay", name.substring(REPLAY.length()));
    return new Load(String.join(" ", call), call, Map.of());
  }
}
