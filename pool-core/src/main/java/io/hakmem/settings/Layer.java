package io.hakmem.settings;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one source, or of several laid over one another. */
final class Layer {

  private final Map<Gate<?>, Settings.Entry<?>> entries = new LinkedHashMap<>();

  /** Adds a value; the two spellings of a name must not both occur in one source. */
  void add(Gate<?> gate, String text, String source) {
    Settings.Entry<?> entry = Settings.Entry.parse(gate, text, source);
    if (entries.putIfAbsent(gate, entry) != null) {
      throw new SettingsException(
          "%s is set twice by %s, as %s and as %s"
              .formatted(gate, source, gate.name(), gate.property()));
    }
  }

  /** Lays another source over this one. */
  void putAll(Layer winner) {
    entries.putAll(winner.entries);
  }

  void refuse(Gate<?> gate) {
    Settings.Entry<?> entry = entries.get(gate);
    if (entry != null) {
      throw new SettingsException("%s must not be set by %s".formatted(gate, entry.source()));
    }
  }

  /** The value of a gate, or its default. */
  <T> Settings.Entry<T> entry(Gate<T> gate) {
    Settings.Entry<?> entry = entries.get(gate);
    return entry == null
        ? Settings.Entry.ofDefault(gate)
        : new Settings.Entry<>(gate, gate.type().cast(entry.value()), entry.source());
  }
}
