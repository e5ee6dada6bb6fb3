package io.hakmem.pool.v2;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.BoxUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pool v2 before pool v1, with the gates that a test sets. */
final class V2Settings {

  private V2Settings() {}

  /** Both sub-switches as {@code 0} or {@code 1}. */
  static Settings enabled(String blockToUser, String tlsFastPath) {
    return of(
        Map.of(
            "HAKMEM_POOL_V2_ENABLED",
            "1",
            "HAKMEM_POOL_V2_BLOCK_TO_USER",
            blockToUser,
            "HAKMEM_POOL_V2_TLS_FAST_PATH",
            tlsFastPath));
  }

  static Settings of(Map<String, String> values) {
    List<Settings.Entry<?>> entries = new ArrayList<>();
    List<Gate<?>> gates = new ArrayList<>(new V2Provider().gates());
    gates.addAll(new PoolV1Provider().gates());
    for (Gate<?> gate : gates) {
      String text = values.getOrDefault(gate.name(), gate.defaultText());
      entries.add(Settings.Entry.parse(gate, text, "test"));
    }
    return Settings.of(entries, List.of());
  }

  static BoxUnderTest newBox(String blockToUser, String tlsFastPath) {
    return new BoxUnderTest(
        List.of(new V2Provider(), new PoolV1Provider()), enabled(blockToUser, tlsFastPath), false);
  }
}
