package io.hakmem.settings;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which names are gates, which belong to others, and what to say about the rest. */
final class GateNames {

  static final String VARIABLE_PREFIX = "HAKMEM_";
  static final String PROPERTY_PREFIX = "hakmem.";

  /** Names of the benchmarks and of the start script, which are no settings of an allocator. */
  private static final List<String> NOT_OURS =
      List.of("HAKMEM_BENCH_", "HAKMEM_BOXES", "HAKMEM_JAVA_", "hakmem.bench.", "hakmem.java.");

  private final Map<String, Gate<?>> byVariable = new LinkedHashMap<>();
  private final Map<String, Gate<?>> byProperty = new LinkedHashMap<>();
  private final List<String> boxes;

  /**
   * @param boxes names of the boxes that are present, which are those of their artifacts
   * @throws IllegalArgumentException if two gates have one name
   */
  GateNames(List<Gate<?>> gates, List<String> boxes) {
    for (Gate<?> gate : gates) {
      if (byVariable.put(gate.name(), gate) != null) {
        throw new IllegalArgumentException("gate %s is declared twice".formatted(gate));
      }
      byProperty.put(gate.property(), gate);
    }
    this.boxes = List.copyOf(boxes);
  }

  static boolean isOurs(String name) {
    for (String prefix : NOT_OURS) {
      if (name.startsWith(prefix)) {
        return false;
      }
    }
    return true;
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
    throw new SettingsException(unknown(name, source));
  }

  /** What to say of a name that is no gate's. */
  String unknown(String name, String source) {
    return ("%s, set by %s, is no setting; the nearest is %s. If the name is right, the artifact of"
            + " its box is missing: the boxes that are present, %s, do not declare it")
        .formatted(name.isEmpty() ? "an empty name" : name, source, nearest(name), present());
  }

  boolean isDeclared(String name) {
    return byVariable.containsKey(name) || byProperty.containsKey(name);
  }

  /** The boxes that are present, for people. */
  String present() {
    return boxes.isEmpty() ? "none" : String.join(", ", boxes);
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
