package io.hakmem.bench.reproduce;

import java.util.List;
import java.util.Set;

/**
 * An experiment of the original.
 *
 * @param name its number there
 * @param question what it asks
 * @param original its answer there
 * @param note what else must be known to read the rows, or empty
 * @param baselines what is measured
 * @param extras what is done beside comparing
 */
public record Phase(
    String name,
    String question,
    String original,
    String note,
    List<Baseline> baselines,
    Set<Extra> extras) {

  /** What a phase does beside comparing. */
  public enum Extra {
    /** The self time of the baseline's symbols. */
    HOT_SYMBOLS,
    /** The standard call in C7_SAFE, the pool being called before anything else. */
    CRASH_TEST,
    /** Cold rounds are judged too. */
    COLD,
    /** Left out of a quick run unless it is named. */
    LONG;
  }

  /** Copies what it is given. */
  public Phase {
    baselines = List.copyOf(baselines);
    extras = Set.copyOf(extras);
  }

  /** Whether it has this beside its comparisons. */
  public boolean has(Extra extra) {
    return extras.contains(extra);
  }
}
