package io.hakmem.pool.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassTableTest {

  private static ClassTable parse(String text) {
    return PoolV1Gates.CLASSES.parse(text, "test");
  }

  @Test
  void sizes_thatAreListed_areTaken() {
    ClassTable table = parse(" 48, 1024,524288");
    assertThat(table.toArray()).containsExactly(48, 1024, 524_288);
    assertThat(PoolV1Gates.CLASSES.format(table)).isEqualTo("48,1024,524288");
    assertThat(parse("48,1024,524288")).isEqualTo(table);
  }

  @Test
  void names_always_areRead() {
    assertThat(parse("FINE").toArray()).hasSize(104).contains(1024, 524_288);
    assertThat(parse("original").toArray()).hasSize(7);
    assertThat(PoolV1Gates.CLASSES.format(parse("Original"))).isEqualTo("original");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "16,", "0", "-16", "17", "32,16", "16,16", "524304", "coarse"})
  void otherTexts_always_areRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "must be one of fine, original, or at most 256 ascending multiples of 16 up to 524288");
  }
}
