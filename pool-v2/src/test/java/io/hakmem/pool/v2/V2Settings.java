package io.hakmem.pool.v2;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.BoxUnderTest;
import io.hakmem.tck.Providers;
import java.util.List;
import java.util.Map;

/** Pool v2 before pool v1, with the gates that a test sets. */
final class V2Settings {

  private static final List<PoolBoxProvider> BOXES =
      List.of(new V2Provider(), Providers.named("pool-v1"));

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
    return Providers.settings(BOXES, values);
  }

  static BoxUnderTest newBox(String blockToUser, String tlsFastPath) {
    return new BoxUnderTest(BOXES, enabled(blockToUser, tlsFastPath));
  }
}
