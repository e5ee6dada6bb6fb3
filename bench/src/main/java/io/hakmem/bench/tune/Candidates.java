package io.hakmem.bench.tune;

import io.hakmem.Compositions;
import io.hakmem.Compositions.GateInfo;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Side;
import io.hakmem.gate.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The configurations that a search looks at: all profiles, and the base with one gate changed. What
 * the base promises stays: how blocks are cleared, and what is checked.
 */
public final class Candidates {

  /** What programs rely on. */
  private static final List<String> PROMISES = List.of("HAKMEM_POOL_ZERO_MODE", "HAKMEM_CHECKS");

  /** The gates of the core that say how and not what. Those of boxes all do. */
  private static final Set<String> OF_CORE =
      Set.of(
          "HAKMEM_HEAP_EMPTY_PAGES",
          "HAKMEM_HEAP_PREFILL",
          "HAKMEM_COMMIT_BYTES",
          "HAKMEM_HUGE_PAGES_FROM",
          "HAKMEM_REGION_BYTES");

  private static final String CORE = "core";

  /** How many block sizes are fitted to the traces, beside the powers of two. */
  private static final List<Integer> FITTED = List.of(8, 24, 64);

  /** In the names of gates that only count. */
  private static final String COUNTING = "STATS";

  private final Configuration base;

  private Candidates(Configuration base) {
    this.base = base;
  }

  /** All that differ from the base and from each other, with block sizes that fit the traces. */
  public static List<Configuration> around(Configuration base, FittedClasses fitted) {
    Candidates candidates = new Candidates(base);
    Map<Map<String, String>, Configuration> byValues = new LinkedHashMap<>();
    byValues.put(Configuration.effective(base.values()), base);
    for (String text : candidates.texts(fitted)) {
      Configuration each = Configuration.parse(Side.B, text);
      byValues.putIfAbsent(Configuration.effective(each.values()), each);
    }
    return byValues.values().stream().skip(1).toList();
  }

  private List<String> texts(FittedClasses fitted) {
    List<String> texts = new ArrayList<>();
    for (int most : FITTED) {
      texts.add(changed(base, fitted.gates(most)));
    }
    for (Profile profile : Compositions.profiles()) {
      texts.add(profile.name() + promises());
    }
    for (GateInfo gate : base.read().values()) {
      if (isTuned(gate)) {
        gate.values().forEach(value -> texts.add(changed(base, Map.of(gate.name(), value))));
      }
    }
    return texts;
  }

  private static boolean isTuned(GateInfo gate) {
    return gate.box().equals(CORE)
        ? OF_CORE.contains(gate.name())
        : !gate.name().contains(COUNTING);
  }

  private String promises() {
    return PROMISES.stream()
        .map(gate -> " " + gate + "=" + Objects.requireNonNull(base.read().get(gate)).value())
        .collect(Collectors.joining());
  }

  /** The text of a configuration with other values of some gates. */
  private static String changed(Configuration from, Map<String, String> values) {
    Map<String, String> gates = new LinkedHashMap<>(from.gates());
    gates.putAll(values);
    String profile = from.profile() == null ? "" : from.profile();
    return gates.entrySet().stream()
        .map(gate -> gate.getKey() + "=" + gate.getValue())
        .collect(Collectors.joining(" ", profile + " ", ""))
        .strip();
  }

  /**
   * The base with the changes of several that change gates of it; those first in the list win where
   * two change one gate.
   */
  static Configuration joined(Configuration base, List<Configuration> better) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Configuration each : better.reversed()) {
      each.gates().forEach(values::put);
    }
    return Configuration.parse(Side.B, changed(base, values));
  }
}
