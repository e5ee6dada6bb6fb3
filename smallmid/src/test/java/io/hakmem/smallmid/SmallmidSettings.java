package io.hakmem.smallmid;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.pool.v1.PoolV1Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values for the gates of the front and the pool behind it. */
final class SmallmidSettings {

  private SmallmidSettings() {}

  static Settings of(Map<String, String> values) {
    List<Settings.Entry<?>> entries = new ArrayList<>();
    List<Gate<?>> gates = new ArrayList<>(new SmallmidProvider().gates());
    gates.addAll(new PoolV1Provider().gates());
    for (Gate<?> gate : gates) {
      String text = values.getOrDefault(gate.name(), gate.defaultText());
      entries.add(Settings.Entry.parse(gate, text, "test"));
    }
    return Settings.of(entries, List.of());
  }
}
