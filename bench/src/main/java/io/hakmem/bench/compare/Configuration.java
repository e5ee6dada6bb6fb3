package io.hakmem.bench.compare;

import io.hakmem.Composition;
import io.hakmem.Compositions;
import io.hakmem.Compositions.GateInfo;
import io.hakmem.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A composition as it is asked for: a profile, gates, both or neither.
 *
 * @param text as it was given
 * @param profile the profile, or null when none was given
 * @param gates the gates that were given
 * @param read every gate as it is resolved here, environment included, by name; none of a peer
 * @param peer the subject that is measured in place of HAKMEM, or null
 * @param beside the profile of a second composition in the same JVM, or null
 * @param path where a JVM finds another build of the allocator, or null for the running one
 */
public record Configuration(
    String text,
    @Nullable String profile,
    Map<String, String> gates,
    SortedMap<String, GateInfo> read,
    @Nullable String peer,
    @Nullable String beside,
    @Nullable String path) {

  private static final String PROFILE = "HAKMEM_PROFILE";

  /** What stands before the profile of a second composition. */
  private static final String BESIDE = "beside:";

  /** Gates that only say where others come from. */
  private static final Set<String> SOURCES = Set.of(PROFILE, "HAKMEM_CONFIG");

  /**
   * Reads words separated by blanks, each a profile, GATE=VALUE or {@code beside:PROFILE}.
   *
   * @param side what a refusal calls this configuration
   * @throws SettingsException if a word is neither, or a gate or value is not accepted
   */
  public static Configuration parse(Side side, String text) {
    return parse(side.toString(), text);
  }

  /** The same for what is no side: a refusal calls it by this name. */
  public static Configuration parse(String side, String text) {
    String profile = null;
    String beside = null;
    Map<String, String> gates = new LinkedHashMap<>();
    for (String word : text.strip().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals >= 0) {
        putOnce(side, gates, word.substring(0, equals), word.substring(equals + 1));
      } else if (word.startsWith(BESIDE)) {
        beside = neighbour(side, beside, word.substring(BESIDE.length()));
      } else if (!word.isEmpty()) {
        checkProfile(side, profile, word);
        profile = word;
      }
    }
    if (profile != null && gates.containsKey(PROFILE)) {
      throw refused(side, PROFILE + "=" + gates.get(PROFILE) + " beside the profile " + profile);
    }
    return new Configuration(
        text.strip(), profile, gates, resolve(side, profile, gates), null, beside, null);
  }

  private static String neighbour(String side, @Nullable String before, String profile) {
    if (before != null) {
      throw refused(side, "two neighbours, " + before + " and " + profile + "; one can live");
    }
    resolve(side, profile, Map.of());
    return profile;
  }

  /** Another allocator, by its name as a subject. */
  public static Configuration ofPeer(String subject) {
    return new Configuration(subject, null, Map.of(), new TreeMap<>(), subject, null, null);
  }

  /**
   * The same gates of another build of the allocator.
   *
   * @param name what people call the build
   * @param other its module path or class path
   */
  public Configuration ofBuild(String name, String other) {
    String label = text.isEmpty() ? name : text + ", " + name;
    return new Configuration(label, profile, gates, read, peer, beside, other);
  }

  /** Whether the allocators come from one build. */
  boolean isOfBuildOf(Configuration other) {
    return Objects.equals(path, other.path);
  }

  /** True for what has neither gates nor counters. */
  public boolean isPeer() {
    return peer != null;
  }

  private static void putOnce(String side, Map<String, String> gates, String gate, String value) {
    if (gates.put(gate, value) != null) {
      throw refused(side, gate + " is set twice");
    }
  }

  private static void checkProfile(String side, @Nullable String before, String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (upper.startsWith("HAKMEM_") || upper.startsWith("HAKMEM.")) {
      throw refused(side, word + " is a gate without a value; write " + word + "=VALUE");
    }
    if (before != null) {
      throw refused(side, "two profiles, " + before + " and " + word + "; one can be chosen");
    }
  }

  private static SortedMap<String, GateInfo> resolve(
      String side, @Nullable String profile, Map<String, String> gates) {
    SortedMap<String, GateInfo> read = new TreeMap<>();
    try {
      for (GateInfo gate : Compositions.gates(gates, profile)) {
        read.put(gate.name(), gate);
      }
    } catch (SettingsException e) {
      throw new SettingsException(side + ": " + e.getMessage(), e);
    }
    // The library leaves names of the benchmarks and of the start script alone.
    for (String name : gates.keySet()) {
      if (!read.containsKey(variable(name))) {
        throw refused(side, name + " is no gate of an allocator");
      }
    }
    return read;
  }

  /** The name of a gate in either spelling. */
  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static SettingsException refused(String side, String reason) {
    return new SettingsException(side + ": " + reason);
  }

  /** The options of a measuring command that choose this configuration. */
  public List<String> options() {
    List<String> options = new ArrayList<>();
    if (peer != null) {
      options.addAll(List.of("--subject", peer));
    }
    if (profile != null) {
      options.addAll(List.of("--profile", profile));
    }
    if (beside != null) {
      options.addAll(List.of("--beside", beside));
    }
    gates.forEach((gate, value) -> options.addAll(List.of("--set", gate + "=" + value)));
    return options;
  }

  /** True when the gates of both have the same values, wherever these come from. */
  boolean isSameAs(Configuration other) {
    return Objects.equals(peer, other.peer)
        && isOfBuildOf(other)
        && Objects.equals(beside, other.beside)
        && effective(values()).equals(effective(other.values()));
  }

  /** The value of every gate by name; none of a peer. */
  public SortedMap<String, String> values() {
    SortedMap<String, String> values = new TreeMap<>();
    read.forEach((name, gate) -> values.put(name, gate.value()));
    return values;
  }

  /**
   * The gates that were given for a reason: another value than the default, or than the other's.
   */
  List<GateInfo> asked(Configuration other) {
    return gates.keySet().stream()
        .map(name -> Objects.requireNonNull(read.get(variable(name))))
        .filter(gate -> !gate.value().equals(gate.defaultText()) || other.differs(gate))
        .toList();
  }

  private boolean differs(GateInfo gate) {
    GateInfo own = read.get(gate.name());
    return own != null && !own.value().equals(gate.value());
  }

  /** The box that declares a gate, or empty of a peer. */
  Optional<String> boxOf(String gate) {
    return Optional.ofNullable(read.get(gate)).map(GateInfo::box);
  }

  /** The values of gates without those that only say where others come from. */
  public static Map<String, String> effective(Map<String, String> values) {
    Map<String, String> effective = new LinkedHashMap<>(values);
    effective.keySet().removeAll(SOURCES);
    return effective;
  }

  /** The first gate whose value a composition does not have. */
  public Optional<String> missingIn(Composition composition) {
    // Another build may have other gates; of those that were given none may be missing.
    return read.values().stream()
        .filter(gate -> path == null || isGiven(gate))
        .filter(gate -> !composition.gate(gate.name()).equals(Optional.of(gate.value())))
        .map(gate -> gate.name() + "=" + gate.value())
        .findFirst();
  }

  private boolean isGiven(GateInfo gate) {
    return gates.keySet().stream().anyMatch(name -> variable(name).equals(gate.name()));
  }

  /** How people read the text of one. */
  public static String label(String text) {
    return text.isEmpty() ? "(nothing set)" : text;
  }
}
