package io.hakmem.bench.compare;

import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  public static final String REPLAY = Catalogue.REPLAY;

  /** The loads whose steps can be chosen. */
  private static final Set<String> STANDARD =
      Set.of("c6", "mixed", "mid-large", "c6-100k", "mixed-100k");

  /**
   * Finds a load by its name.
   *
   * @param ops the steps of each thread, for the loads that {@code mid-large-mt} takes too
   * @throws IllegalArgumentException if there is none, or it cannot run on so many threads
   */
  public static Load of(String name, int threads, int ops) {
    if (name.startsWith(REPLAY) && name.length() > REPLAY.length()) {
      return replay(name.substring(REPLAY.length()), threads);
    }
    try {
      Workload load = Catalogue.of(name, threads);
      return STANDARD.contains(name) ? standard(name, (MidLarge) load, ops) : other(name, threads);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + e.getMessage(), e);
    }
  }

  /** Measures a configuration in a JVM of its own. */
  public Report measure(Configuration configuration, int budgetMs)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(call);
    arguments.addAll(List.of("--budget-ms=" + budgetMs, "--json"));
    arguments.addAll(configuration.options());
    return new Fork(arguments, environment).on(configuration.path()).run();
  }

  private static Load standard(String name, MidLarge load, int ops) {
    List<String> call = new ArrayList<>(List.of("mid-large-mt"));
    for (int argument : new int[] {load.threads(), ops, load.slots(), load.seed()}) {
      call.add(Integer.toString(argument));
    }
    String min = Integer.toString(load.minBytes());
    String max = Integer.toString(load.maxBytes());
    return new Load(
        "%s, %s-%s bytes: %s".formatted(name, min, max, String.join(" ", call)),
        List.copyOf(call),
        Map.of(MIN, min, MAX, max));
  }

  private static Load other(String name, int threads) {
    List<String> call = List.of("measure", "--workload=" + name, "--threads=" + threads);
    return new Load(name + ": " + String.join(" ", call), call, Map.of());
  }

  private static Load replay(String file, int threads) {
    List<String> call = List.of("replay", file, "--threads=" + threads);
    return new Load(String.join(" ", call), call, Map.of());
  }
}
