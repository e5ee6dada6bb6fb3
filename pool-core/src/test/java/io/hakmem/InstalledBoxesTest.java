package io.hakmem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InstalledBoxesTest {

  @Test
  void names_coreAlone_isEmpty() {
    assertThat(InstalledBoxes.names()).isEmpty();
  }
}
