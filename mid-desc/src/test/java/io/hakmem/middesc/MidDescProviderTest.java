package io.hakmem.middesc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.PoolBoxProviderContract;
import org.junit.jupiter.api.Test;

final class MidDescProviderTest implements PoolBoxProviderContract {

  @Override
  public String artifact() {
    return "mid-desc";
  }

  @Test
  void name_always_isTheArtifact() {
    assertThat(new MidDescProvider().name()).isEqualTo("mid-desc");
  }
}
