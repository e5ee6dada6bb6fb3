package io.hakmem.tck;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Boxes that are present, and values for the gates of boxes. */
public final class Providers {

  private Providers() {}

  /**
   * The provider of a box that is present.
   *
   * @param box its name, such as {@code pool-v1}
   * @throws IllegalArgumentException naming those that are present, if it is none of them
   */
  public static PoolBoxProvider named(String box) {
    List<PoolBoxProvider> present =
        ServiceLoader.load(PoolBoxProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return present.stream()
        .filter(provider -> provider.name().equals(box))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "box=%s must be one of %s"
                        .formatted(box, present.stream().map(PoolBoxProvider::name).toList())));
  }

  /**
   * A value for every gate of the providers: the given one, or else its default.
   *
   * @param values texts by the names of gates
   * @throws IllegalArgumentException if a name is that of no gate
   * @throws io.hakmem.SettingsException if a gate refuses its text
   */
  public static Settings settings(List<PoolBoxProvider> providers, Map<String, String> values) {
    List<Gate<?>> gates =
        providers.stream().<Gate<?>>flatMap(provider -> provider.gates().stream()).toList();
    List<String> names = gates.stream().<String>map(Gate::name).toList();
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("gate=%s must be one of %s".formatted(name, names));
      }
    }
    List<Settings.Entry<?>> entries = new ArrayList<>();
    for (Gate<?> gate : gates) {
      String text = values.getOrDefault(gate.name(), gate.defaultText());
      entries.add(Settings.Entry.parse(gate, text, "test"));
    }
    return Settings.of(entries, List.of());
  }

  /** The same settings, and the defaults of gates of these providers that they have no value of. */
  static Settings adding(Settings settings, List<PoolBoxProvider> providers) {
    List<Settings.Entry<?>> entries = new ArrayList<>();
    for (Gate<?> gate : settings.gates()) {
      entries.add(Settings.Entry.parse(gate, settings.text(gate), settings.source(gate)));
    }
    providers.stream()
        .flatMap(provider -> provider.gates().stream())
        .filter(gate -> !settings.gates().contains(gate))
        .forEach(gate -> entries.add(Settings.Entry.ofDefault(gate)));
    return Settings.of(entries, settings.notes());
  }
}
