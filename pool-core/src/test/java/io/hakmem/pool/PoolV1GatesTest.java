package io.hakmem.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.Settings;
import org.junit.jupiter.api.Test;

final class PoolV1GatesTest {

  @Test
  void defaults_ofPoolV1_areTheDocumentedOnes() {
    Settings settings = Settings.defaults(new PoolV1Provider().gates());

    assertThat(settings.get(PoolV1Gates.CLASSES)).isEqualTo(ClassTable.FINE);
    assertThat(settings.get(PoolV1Gates.RING_CAPACITY)).isEqualTo(512);
    assertThat(settings.get(PoolV1Gates.LO_CAPACITY)).isEqualTo(1024);
    assertThat(settings.text(PoolV1Gates.CACHE_BYTES)).isEqualTo("1MiB");
    assertThat(settings.gates()).hasSize(4);
  }
}
