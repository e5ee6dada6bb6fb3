package io.hakmem.settings;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which names are gates, which belong to others, and what to say about the rest. */
final class GateNames {

  static final String VARIABLE_PREFIX = "HAKMEM_";
  static final String PROPERTY_PREFIX = "hakmem.";

  /** Names of the benchmarks and of the start script, which are no settings of an allocator. */
  private static final List<String> NOT_OURS =
      List.of("HAKMEM_BENCH_", "HAKMEM_BOXES", "HAKMEM_JAVA_", "hakmem.bench.", "hakmem.java.");

  private final Map<String, Gate<?>> byVariable = new LinkedHashMap<>();
  private final Map<String, Gate<?>> byProperty = new LinkedHashMap<>();
  private final Map<String, String> absentBoxes;

  /**
   * @param absentBoxes prefix of gate names to the artifact that holds their box
   * @throws IllegalArgumentException if two gates have one name
   */
  GateNames(List<Gate<?>> gates, Map<String, String> absentBoxes) {
    for (Gate<?> gate : gates) {
      if (byVariable.put(gate.name(), gate) != null) {
        throw new IllegalArgumentException("gate %s is declared twice".formatted(gate));
      }
      byProperty.put(gate.property(), gate);
    }
    this.absentBoxes = new LinkedHashMap<>(absentBoxes);
  }

  static boolean isOurs(String name) {
    return NOT_OURS.stream().noneMatch(name::startsWith);
  }

  /**
   * The gate of a name in either spelling.
   *
   * @throws SettingsException if there is none
   */
  Gate<?> gate(String name, String source) {
    Gate<?> gate = byVariable.getOrDefault(name, byProperty.get(name));
    if (gate != null) {
      return gate;
    }
    String asked = "%s, set by %s,".formatted(name, source);
    throw new SettingsException(
        artifactOfAbsentBox(name)
            .map(
                artifact ->
                    "%s belongs to a box that is not installed; add %s to the module path"
                        .formatted(asked, artifact))
            .orElseGet(
                () -> "%s is no setting; the nearest is %s".formatted(asked, nearest(name))));
  }

  boolean isDeclared(String name) {
    return byVariable.containsKey(name) || byProperty.containsKey(name);
  }

  /** The artifact to add for a name, by the longest prefix that fits. */
  Optional<String> artifactOfAbsentBox(String name) {
    String variable = variable(name);
    return absentBoxes.entrySet().stream()
        .filter(box -> variable.startsWith(box.getKey()))
        // Of two prefixes of one name the longer one is the greater.
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }

  private String nearest(String name) {
    String variable = NearestName.to(variable(name), byVariable.keySet());
    return name.startsWith(PROPERTY_PREFIX)
        ? variable.toLowerCase(Locale.ROOT).replace('_', '.')
        : variable;
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
