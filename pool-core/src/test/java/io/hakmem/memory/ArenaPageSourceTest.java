package io.hakmem.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.PageSource;
import org.junit.jupiter.api.Test;

final class ArenaPageSourceTest extends PageSourceContract {

  @Override
  PageSource newSource() {
    return new ArenaPageSource();
  }

  @Override
  String reserveFailure() {
    return "Arena\\.allocate failed \\(.+\\) in page source arena";
  }

  @Test
  void preferredRegionBytes_large_isSmallerBecauseAllIsResident() {
    assertThat(source.preferredRegionBytes(1 << 30)).isEqualTo(2 << 20);
  }
}
