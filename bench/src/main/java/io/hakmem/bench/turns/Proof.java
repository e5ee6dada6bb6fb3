package io.hakmem.bench.turns;

import io.hakmem.bench.workload.Census;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether counters and compositions show that HAKMEM ran as it was told. */
final class Proof {

  /** Gates that only say where others come from. */
  private static final Set<String> SOURCES = Set.of("HAKMEM_PROFILE", "HAKMEM_CONFIG");

  private Proof() {}

  /** Why a side is not shown to have run, or null when it is. */
  static @Nullable String contradiction(SideFacts facts, Census round, long rounds) {
    if (facts.missingGate() != null) {
      return "did not run with " + facts.missingGate();
    }
    String allocs =
        miscount(facts, "allocations", round.calls().allocs(), round.reallocs(), rounds);
    if (allocs != null) {
      return allocs;
    }
    String frees = miscount(facts, "frees", round.calls().frees(), round.reallocs(), rounds);
    if (frees != null) {
      return frees;
    }
    long refused = facts.counters().getOrDefault("refused_frees", 0L);
    return refused == 0 ? null : "refused %,d frees".formatted(refused);
  }

  /** A reallocation is up to one more of each. */
  private static @Nullable String miscount(
      SideFacts facts, String counter, long calls, long reallocs, long rounds) {
    long made = calls * rounds;
    long counted = facts.counters().getOrDefault(counter, 0L);
    return counted >= made && counted <= made + reallocs * rounds
        ? null
        : "counted %,d %s, of %,d that its load made".formatted(counted, counter, made);
  }

  /** Whether two sides were told the same, wherever they were told. */
  static boolean isSame(SideFacts a, SideFacts b) {
    return effective(a).equals(effective(b));
  }

  private static Map<String, String> effective(SideFacts facts) {
    Map<String, String> effective = new LinkedHashMap<>(facts.gates());
    effective.keySet().removeAll(SOURCES);
    return effective;
  }
}
