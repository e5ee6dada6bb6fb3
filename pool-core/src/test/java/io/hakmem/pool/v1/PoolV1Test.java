package io.hakmem.pool.v1;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxContract;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract, with every setting that changes the structure. */
final class PoolV1Test {

  @Nested
  final class Defaults extends WithGates {

    Defaults() {
      super(Map.of());
    }
  }

  @Nested
  final class Direct extends WithGates {

    Direct() {
      super(Map.of());
    }

    @Override
    protected boolean direct() {
      return true;
    }
  }

  @Nested
  final class OriginalClasses extends WithGates {

    OriginalClasses() {
      super(Map.of("HAKMEM_POOL_CLASSES", "original"));
    }
  }

  abstract static class WithGates extends PoolBoxContract {

    private final Map<String, String> values;

    WithGates(Map<String, String> values) {
      this.values = values;
    }

    @Override
    protected PoolBoxProvider provider() {
      return new PoolV1Provider();
    }

    @Override
    protected Settings settings() {
      List<Settings.Entry<?>> entries = new ArrayList<>();
      for (Gate<?> gate : provider().gates()) {
        String text = values.getOrDefault(gate.name(), gate.defaultText());
        entries.add(Settings.Entry.parse(gate, text, "test"));
      }
      return Settings.of(entries, List.of());
    }
  }
}
