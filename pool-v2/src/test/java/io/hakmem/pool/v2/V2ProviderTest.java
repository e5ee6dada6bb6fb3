package io.hakmem.pool.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.tck.Providers;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class V2ProviderTest {

  private final V2Provider provider = new V2Provider();

  @Test
  void defaults_ofTheGates_areTheDocumentedOnes() {
    Settings settings = Settings.defaults(provider.gates());
    assertThat(settings.get(V2Gates.ENABLED)).isFalse();
    assertThat(settings.get(V2Gates.BLOCK_TO_USER)).isTrue();
    assertThat(settings.get(V2Gates.TLS_FAST_PATH)).isTrue();
  }

  @Test
  void gates_always_haveTheNamesOfTheOriginal() {
    assertThat(provider.gates())
        .extracting(Gate::name)
        .containsExactly(
            "HAKMEM_POOL_V2_ENABLED",
            "HAKMEM_POOL_V2_BLOCK_TO_USER",
            "HAKMEM_POOL_V2_TLS_FAST_PATH");
  }

  @Test
  void place_always_isBeforeThePoolItFallsBackTo() {
    assertThat(provider.name()).isEqualTo("pool-v2");
    assertThat(provider.place()).isEqualTo(150).isLessThan(Providers.named("pool-v1").place());
  }

  @Test
  void isSelected_byItsOwnGateAlone_isTrue() {
    assertThat(provider.isSelected(V2Settings.of(Map.of()))).isFalse();
    assertThat(provider.isSelected(V2Settings.enabled("0", "0"))).isTrue();
  }
}
