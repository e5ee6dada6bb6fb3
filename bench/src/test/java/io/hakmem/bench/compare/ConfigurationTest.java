package io.hakmem.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {

  @Test
  void parse_profileAndGates_areTheOptionsOfAFork() {
    Configuration configuration =
        Configuration.parse(Side.A, "  HAKMEM_CHECKS=off THROUGHPUT  hakmem.decay.ms=7 ");
    assertThat(configuration.options())
        .containsExactly(
            "--profile", "THROUGHPUT", "--set", "HAKMEM_CHECKS=off", "--set", "hakmem.decay.ms=7");
    assertThat(configuration.values())
        .containsEntry("HAKMEM_CHECKS", "off")
        .containsEntry("HAKMEM_DECAY_MS", "7")
        .containsEntry("HAKMEM_POOL_ZERO_MODE", "off");
  }

  @Test
  void parse_nothing_setsNothing() {
    Configuration configuration = Configuration.parse(Side.A, " ");
    assertThat(configuration.options()).isEmpty();
    assertThat(Configuration.label(configuration.text())).isEqualTo("(nothing set)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "THROUGHPUTS                | the nearest is THROUGHPUT,",
        "HAKMEM_CHECK=off           | the nearest is HAKMEM_CHECKS",
        "HAKMEM_CHECKS=maybe        | HAKMEM_CHECKS=maybe, set by",
        "HAKMEM_CHECKS              | HAKMEM_CHECKS is a gate without a value",
        "=off                       | set by builder, is no setting",
        "HAKMEM_BENCH_MIN_SIZE=9    | HAKMEM_BENCH_MIN_SIZE is no gate of an allocator",
        "LEGACY THROUGHPUT          | two profiles, LEGACY and THROUGHPUT",
        "HAKMEM_PROFILE=LEGACY THROUGHPUT | HAKMEM_PROFILE=LEGACY beside the profile THROUGHPUT",
        "HAKMEM_CHECKS=on HAKMEM_CHECKS=off | HAKMEM_CHECKS is set twice",
        "HAKMEM_CHECKS=on hakmem.checks=off | HAKMEM_CHECKS is set twice",
      })
  void parse_wrongText_isRefusedAndSaysWhichSide(String text, String reason) {
    assertThatThrownBy(() -> Configuration.parse(Side.B, text))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("B: ")
        .hasMessageContaining(reason);
  }

  @Test
  void parse_neighbour_isAnOptionOfTheForkAndAnotherConfiguration() {
    Configuration alone = Configuration.parse(Side.A, "THROUGHPUT");
    Configuration beside = Configuration.parse(Side.B, "THROUGHPUT beside:LEGACY");
    assertThat(beside.options())
        .containsExactlyInAnyOrder("--profile", "THROUGHPUT", "--beside", "LEGACY");
    assertThat(alone.isSameAs(beside)).isFalse();
    assertThat(beside.profile()).isEqualTo("THROUGHPUT");
  }

  @ParameterizedTest
  @CsvSource({
    "THROUGHPUT, HAKMEM_POOL_ZERO_MODE=off HAKMEM_POOL_V1_FLATTEN_ENABLED=1, true",
    "HAKMEM_CHECKS=on, '', true",
    "HAKMEM_CHECKS=off, '', false",
  })
  void isSameAs_always_comparesTheValues(String a, String b, boolean same) {
    assertThat(Configuration.parse(Side.A, a).isSameAs(Configuration.parse(Side.B, b)))
        .isEqualTo(same);
  }
}
