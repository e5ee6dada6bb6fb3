package io.hakmem.pool.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.gate.Settings;
import org.junit.jupiter.api.Test;

final class PoolV1GatesTest {

  @Test
  void defaults_ofPoolV1_areTheDocumentedOnes() {
    Settings settings = Settings.defaults(new PoolV1Provider().gates());

    assertThat(settings.get(PoolV1Gates.CLASSES)).isEqualTo(ClassTable.FINE);
    assertThat(settings.gates()).hasSize(1);
  }
}
