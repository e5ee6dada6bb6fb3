package io.hakmem.smallmid;

import io.hakmem.gate.Settings;
import io.hakmem.tck.Providers;
import java.util.List;
import java.util.Map;

/** Values for the gates of the front and the pool behind it. */
final class SmallmidSettings {

  private SmallmidSettings() {}

  static Settings of(Map<String, String> values) {
    return Providers.settings(List.of(new SmallmidProvider(), Providers.named("pool-v1")), values);
  }
}
