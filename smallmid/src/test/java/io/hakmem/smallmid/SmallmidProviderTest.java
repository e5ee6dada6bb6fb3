package io.hakmem.smallmid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.SettingsException;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.PoolBox;
import io.hakmem.tck.Providers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SmallmidProviderTest {

  private final SmallmidProvider provider = new SmallmidProvider();

  @Test
  void defaults_ofTheGates_areTheDocumentedOnes() {
    Settings settings = Settings.defaults(provider.gates());
    assertThat(settings.get(SmallmidGates.ENABLE)).isFalse();
    assertThat(settings.get(SmallmidGates.STATS)).isFalse();
    assertThat(settings.get(SmallmidGates.BATCH_256)).isEqualTo(32);
    assertThat(settings.get(SmallmidGates.BATCH_512)).isEqualTo(24);
    assertThat(settings.get(SmallmidGates.BATCH_1024)).isEqualTo(16);
    assertThat(settings.gates()).hasSize(5);
  }

  @Test
  void batch_outOfRange_isRefused() {
    for (Gate<Long> gate :
        List.of(SmallmidGates.BATCH_256, SmallmidGates.BATCH_512, SmallmidGates.BATCH_1024)) {
      assertThat(gate.accepted()).isEqualTo("in [1, 4096] blocks");
      assertThatThrownBy(() -> gate.parse("0", "test")).isInstanceOf(SettingsException.class);
      assertThatThrownBy(() -> gate.parse("4097", "test")).isInstanceOf(SettingsException.class);
    }
  }

  @Test
  void place_always_isBeforeThePools() {
    assertThat(provider.place()).isEqualTo(60).isLessThan(Providers.named("pool-v1").place());
  }

  @Test
  void isSelected_byItsGateAlone_isTrue() {
    assertThat(isSelected("HAKMEM_SMALLMID_ENABLE", "0")).isFalse();
    assertThat(isSelected("HAKMEM_SMALLMID_ENABLE", "1")).isTrue();
    assertThat(isSelected("HAKMEM_SMALLMID_STATS", "1")).isFalse();
  }

  private boolean isSelected(String gate, String value) {
    return provider.isSelected(SmallmidSettings.of(Map.of(gate, value)));
  }

  @Test
  void box_nextWithoutTheSizes_saysWhatToChange() {
    assertThatThrownBy(
            () -> new SmallmidBox(new OneClass(), List.of(32L, 24L, 16L), false, "builder"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "HAKMEM_SMALLMID_ENABLE=1, set by builder, needs blocks of [256, 512, 1024] B, one-class has [64] B:"
                + " set HAKMEM_POOL_CLASSES=fine or HAKMEM_SMALLMID_ENABLE=0");
  }

  /** A box that lacks the sizes. */
  private static final class OneClass implements PoolBox {

    @Override
    public String name() {
      return "one-class";
    }

    @Override
    public long[] blockSizes() {
      return new long[] {64};
    }

    @Override
    public Bin newBin(LocalHeap heap, int sizeClass) {
      return new Bin(heap, this, sizeClass, 64);
    }

    @Override
    public void refill(LocalHeap heap, Bin bin) {}
  }
}
