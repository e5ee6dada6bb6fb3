package io.hakmem.bench;

import java.util.List;
import java.util.Map;

/**
 * What {@code hakmem ab} measures with.
 *
 * @param title for people
 * @param call the measuring command, without options
 * @param environment what the command reads beside it
 */
record AbLoad(String title, List<String> call, Map<String, String> environment) {

  static final String REPLAY = "replay:";

  /**
   * Finds a load by its name.
   *
   * @throws IllegalArgumentException if there is none, or it cannot run on so many threads
   */
  static AbLoad of(String name, int threads, int ops) {
    return switch (name) {
      case "c6" -> generated(name, threads, ops, 257, 768);
      case "mixed" -> generated(name, threads, ops, 16, 1024);
      case "mid-large" ->
          generated(
              name,
              threads,
              ops,
              MidLargeCommand.DEFAULT_MIN_BYTES,
              MidLargeCommand.DEFAULT_MAX_BYTES);
      default -> replay(name, threads);
    };
  }

  private static AbLoad generated(String name, int threads, int ops, int min, int max) {
    List<String> call =
        List.of("mid-large-mt", Integer.toString(threads), Integer.toString(ops), "400", "1");
    return new AbLoad(
        "%s, %d-%d bytes: %s".formatted(name, min, max, String.join(" ", call)),
        call,
        Map.of(
            MidLargeCommand.MIN,
            Integer.toString(min),
            MidLargeCommand.MAX,
            Integer.toString(max)));
  }

  private static AbLoad replay(String name, int threads) {
    if (!name.startsWith(REPLAY) || name.length() == REPLAY.length()) {
      throw new IllegalArgumentException(
          "--workload=" + name + " is not one of c6, mixed, mid-large, replay:FILE");
    }
    if (threads != 1) {
      throw new IllegalArgumentException(
          "--threads=" + threads + " must be 1 with a trace, which is replayed on one thread");
    }
    List<String> call = List.of("replay", name.substring(REPLAY.length()));
    return new AbLoad(String.join(" ", call), call, Map.of());
  }
}
