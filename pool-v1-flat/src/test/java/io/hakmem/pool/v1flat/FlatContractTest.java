package io.hakmem.pool.v1flat;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.PoolBoxContract;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contract of boxes, with the flatten box before pool v1. */
final class FlatContractTest extends PoolBoxContract {

  @Override
  protected PoolBoxProvider provider() {
    return new FlatProvider();
  }

  @Override
  protected List<PoolBoxProvider> behind() {
    return List.of(new PoolV1Provider());
  }

  @Override
  protected Settings settings() {
    return settings(
        Map.of("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1", "HAKMEM_POOL_V1_FLATTEN_STATS", "1"));
  }

  static Settings settings(Map<String, String> values) {
    List<Settings.Entry<?>> entries = new ArrayList<>();
    List<Gate<?>> gates = new ArrayList<>(new FlatProvider().gates());
    gates.addAll(new PoolV1Provider().gates());
    for (Gate<?> gate : gates) {
      String text = values.getOrDefault(gate.name(), gate.defaultText());
      entries.add(Settings.Entry.parse(gate, text, "test"));
    }
    return Settings.of(entries, List.of());
  }
}
