package io.hakmem.pool.v1flat;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Settings;
import io.hakmem.tck.Providers;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FlatProviderTest {

  private final FlatProvider provider = new FlatProvider();

  @Test
  void defaults_ofTheGates_areTheDocumentedOnes() {
    Settings settings = Settings.defaults(provider.gates());
    assertThat(settings.get(FlatGates.ENABLED)).isFalse();
    assertThat(settings.get(FlatGates.STATS)).isFalse();
    assertThat(settings.gates()).hasSize(2);
  }

  @Test
  void place_always_isBeforeThePoolItFlattens() {
    assertThat(provider.place()).isLessThan(Providers.named("pool-v1").place());
  }

  @Test
  void isSelected_byEitherGate_isTrue() {
    assertThat(isSelected("0", "0")).isFalse();
    assertThat(isSelected("1", "0")).isTrue();
    assertThat(isSelected("0", "1")).isTrue();
  }

  private boolean isSelected(String enabled, String stats) {
    return provider.isSelected(
        FlatContractTest.settings(
            Map.of(FlatGates.ENABLED.name(), enabled, FlatGates.STATS.name(), stats)));
  }
}
