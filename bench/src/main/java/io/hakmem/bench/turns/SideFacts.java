package io.hakmem.bench.turns;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.workload.Census;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a side says of itself when its turns are over.
 *
 * @param composition what ran, in one or more lines
 * @param gates every gate as the side's own build resolves it; none of a peer
 * @param missingGate the first of them that the composition does not show, or null
 * @param counters the allocator's own counters, by name; none of a peer
 */
public record SideFacts(
    String composition,
    SortedMap<String, String> gates,
    @Nullable String missingGate,
    SortedMap<String, Long> counters) {

  /** Of an allocator without gates and counters. */
  static SideFacts of(String composition) {
    return new SideFacts(composition, new TreeMap<>(), null, new TreeMap<>());
  }

  /** Whether the gates of both have the same values, wherever these come from. */
  boolean hasGatesOf(SideFacts other) {
    return Configuration.effective(gates).equals(Configuration.effective(other.gates));
  }

  /**
   * Why this does not show that HAKMEM ran as it was told, or null when it does.
   *
   * @param round what a round of the load demands
   * @param rounds how many were made
   */
  @Nullable String contradiction(Census round, long rounds) {
    if (missingGate != null) {
      return "did not run with " + missingGate;
    }
    long reallocs = round.reallocs() * rounds;
    String allocs = miscount("allocations", round.calls().allocs() * rounds, reallocs);
    if (allocs != null) {
      return allocs;
    }
    String frees = miscount("frees", round.calls().frees() * rounds, reallocs);
    if (frees != null) {
      return frees;
    }
    long refused = counters.getOrDefault("refused_frees", 0L);
    return refused == 0 ? null : "refused %,d frees".formatted(refused);
  }

  /** A reallocation is up to one more of each. */
  private @Nullable String miscount(String counter, long made, long reallocs) {
    long counted = counters.getOrDefault(counter, 0L);
    return counted >= made && counted <= made + reallocs
        ? null
        : "counted %,d %s, of %,d that its load made".formatted(counted, counter, made);
  }
}
