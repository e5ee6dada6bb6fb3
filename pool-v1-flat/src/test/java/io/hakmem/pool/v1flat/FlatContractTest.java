package io.hakmem.pool.v1flat;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.PoolBoxContract;
import io.hakmem.tck.Providers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The contract of boxes, with the flatten box before pool v1. */
@Tag("slow")
final class FlatContractTest extends PoolBoxContract {

  @Override
  protected PoolBoxProvider provider() {
    return new FlatProvider();
  }

  @Override
  protected List<PoolBoxProvider> behind() {
    return List.of(Providers.named("pool-v1"));
  }

  @Override
  protected Settings settings() {
    return settings(
        Map.of("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1", "HAKMEM_POOL_V1_FLATTEN_STATS", "1"));
  }

  static Settings settings(Map<String, String> values) {
    return Providers.settings(List.of(new FlatProvider(), Providers.named("pool-v1")), values);
  }
}
