package io.hakmem.settings;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of every gate. Later sources win: default, profile, environment, system property,
 * file, builder. Every given value must be well formed, also one that another source overrides.
 *
 * <p>Immutable; any thread may resolve.
 */
public final class SettingsResolver {

  /** Where what the program sets comes from, in messages. */
  public static final String BUILDER = "builder";

  /** Values by which a gate asks nothing of its box, so that the box may be absent. */
  private static final Set<String> OFF = Set.of("0", "off", "false", "legacy");

  private final List<Gate<?>> gates;
  private final Map<String, Profile> profiles = new LinkedHashMap<>();
  private final GateNames names;

  /**
   * @param boxGates the gates of the installed boxes; {@link CoreGates#ALL} are known anyway
   * @param profiles what {@link CoreGates#PROFILE} may select
   * @param boxes names of the installed boxes, for what is said of a name that none declares
   * @throws IllegalArgumentException if two gates or two profiles have one name
   */
  public SettingsResolver(List<Gate<?>> boxGates, List<Profile> profiles, List<String> boxes) {
    List<Gate<?>> all = new ArrayList<>(CoreGates.ALL);
    all.addAll(boxGates);
    this.gates = List.copyOf(all);
    this.names = new GateNames(gates, boxes);
    for (Profile profile : profiles) {
      if (this.profiles.put(profile.name(), profile) != null) {
        throw new IllegalArgumentException(
            "profile %s is declared twice".formatted(profile.name()));
      }
    }
  }

  /**
   * The value of every gate.
   *
   * @throws SettingsException if a name is unknown that does not come from the environment, a value
   *     malformed, or the file unreadable
   */
  public Settings resolve(Inputs inputs) {
    Layer builder = layer(inputs.builder(), BUILDER);
    List<String> ignored = new ArrayList<>();
    Layer given = new Layer();
    given.putAll(environment(inputs.environment(), ignored));
    given.putAll(properties(inputs.properties()));
    Layer beforeFile = new Layer();
    beforeFile.putAll(given);
    beforeFile.putAll(builder);
    given.putAll(file(beforeFile.entry(CoreGates.CONFIG)));
    given.putAll(builder);

    List<String> notes = new ArrayList<>();
    Layer values = profile(given.entry(CoreGates.PROFILE), notes);
    values.putAll(given);
    List<Settings.Entry<?>> entries = new ArrayList<>();
    for (Gate<?> gate : gates) {
      entries.add(values.entry(gate));
    }
    return Settings.of(entries, notes, ignored);
  }

  /** An orchestrator sets variables of its own: one that is no setting is said, not refused. */
  private boolean isOfEnvironment(String name, List<String> ignored) {
    if (!name.startsWith(GateNames.VARIABLE_PREFIX)) {
      return false;
    }
    if (GateNames.isOurs(name) && !names.isDeclared(name)) {
      ignored.add(names.unknown(name, environment(name)));
      return false;
    }
    return true;
  }

  private static String environment(String name) {
    return "environment " + name;
  }

  private Layer environment(Map<String, String> variables, List<String> ignored) {
    Layer layer = new Layer();
    for (Map.Entry<String, String> each : variables.entrySet()) {
      if (isOfEnvironment(each.getKey(), ignored)) {
        add(layer, each, environment(each.getKey()));
      }
    }
    return layer;
  }

  private Layer properties(Map<String, String> properties) {
    Layer layer = new Layer();
    for (Map.Entry<String, String> each : properties.entrySet()) {
      if (each.getKey().startsWith(GateNames.PROPERTY_PREFIX)) {
        add(layer, each, "system property " + each.getKey());
      }
    }
    return layer;
  }

  /** All of one source. */
  private Layer layer(Map<String, String> texts, String source) {
    Layer layer = new Layer();
    for (Map.Entry<String, String> each : texts.entrySet()) {
      add(layer, each, source);
    }
    return layer;
  }

  private void add(Layer layer, Map.Entry<String, String> text, String source) {
    if (GateNames.isOurs(text.getKey())) {
      layer.add(names.gate(text.getKey(), source), text.getValue(), source);
    }
  }

  private Layer file(Settings.Entry<String> path) {
    Layer layer = layer(SettingsFile.read(path), "file " + path.value());
    layer.refuse(CoreGates.CONFIG);
    return layer;
  }

  private Layer profile(Settings.Entry<String> selected, List<String> notes) {
    if (selected.value().isEmpty()) {
      return new Layer();
    }
    Profile profile = profileNamed(selected.value());
    if (profile == null) {
      throw unknownProfile(selected);
    }
    String source = "profile " + profile.name();
    Layer layer = new Layer();
    for (Map.Entry<String, String> value : profile.values().entrySet()) {
      if (!leftOut(value, source, notes)) {
        add(layer, value, source);
      }
    }
    layer.refuse(CoreGates.PROFILE);
    layer.refuse(CoreGates.CONFIG);
    return layer;
  }

  /** Without regard to case. */
  private @Nullable Profile profileNamed(String name) {
    for (Profile profile : profiles.values()) {
      if (profile.name().equalsIgnoreCase(name)) {
        return profile;
      }
    }
    return null;
  }

  /** Profiles span boxes: what one turns off is off without its box too. */
  private boolean leftOut(Map.Entry<String, String> value, String source, List<String> notes) {
    if (names.isDeclared(value.getKey())
        || !GateNames.isOurs(value.getKey())
        || !OFF.contains(value.getValue().strip().toLowerCase(Locale.ROOT))) {
      return false;
    }
    notes.add(
        "%s=%s of %s is left out: no box that is present (%s) declares it"
            .formatted(value.getKey(), value.getValue(), source, names.present()));
    return true;
  }

  private SettingsException unknownProfile(Settings.Entry<String> selected) {
    String asked =
        "%s=%s, set by %s,".formatted(selected.gate(), selected.value(), selected.source());
    return new SettingsException(
        profiles.isEmpty()
            ? "%s is no profile; there is none".formatted(asked)
            : "%s is no profile; the nearest is %s, all are %s"
                .formatted(
                    asked,
                    NearestName.to(selected.value(), profiles.keySet()),
                    String.join(", ", profiles.keySet())));
  }
}
