package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.Composition.GateValue;
import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import io.hakmem.gate.Checks;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Profiles;
import io.hakmem.gate.ZeroMode;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program sets by types, beside the gates. */
final class TypedBuilderTest {

  private static final Profile OWN =
      new Profile("OWN", "Of this test.", Map.of("HAKMEM_DECAY_MS", "77"));

  private static Arguments sets(
      String gate, String value, UnaryOperator<HakAllocator.Builder> typed) {
    return Arguments.of(gate, value, typed);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        sets("HAKMEM_MEMORY_LIMIT", "8MiB", builder -> builder.memoryLimit(8 << 20)),
        sets("HAKMEM_JMX_NAME", "images", builder -> builder.name("images")),
        sets("HAKMEM_PROFILE", "THROUGHPUT", builder -> builder.profile(Profiles.THROUGHPUT)),
        sets("HAKMEM_CHECKS", "full", builder -> builder.checks(Checks.FULL)),
        sets("HAKMEM_POOL_ZERO_MODE", "header", builder -> builder.zeroMode(ZeroMode.HEADER)),
        sets("HAKMEM_DECAY_MS", "1500", builder -> builder.decay(Duration.ofMillis(1500))),
        sets("HAKMEM_DECAY_MS", "1", builder -> builder.decay(Duration.ofNanos(1))),
        sets("HAKMEM_PAGE_SOURCE", "arena", builder -> builder.pageSource(PageSourceKind.ARENA)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void typedCall_setsItsGate(String gate, String value, UnaryOperator<HakAllocator.Builder> typed) {
    try (HakAllocator allocator = typed.apply(HakAllocator.builder()).build()) {
      assertThat(allocator.composition().gates()).contains(new GateValue(gate, value, "builder"));
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        sets("HAKMEM_MEMORY_LIMIT", "-1", builder -> builder.memoryLimit(-1)),
        sets("HAKMEM_DECAY_MS", "PT-1S", builder -> builder.decay(Duration.ofSeconds(-1))),
        sets(
            "HAKMEM_DECAY_MS",
            Duration.ofSeconds(Long.MAX_VALUE).toString(),
            builder -> builder.decay(Duration.ofSeconds(Long.MAX_VALUE))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void typedCall_wrongValue_isRefusedWithItsOrigin(
      String gate, String value, UnaryOperator<HakAllocator.Builder> typed) {
    assertThatThrownBy(() -> typed.apply(HakAllocator.builder()).build().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("%s=%s, set by builder, must be", gate, value);
  }

  @Test
  void profile_ofTheProgram_setsItsGates() {
    try (HakAllocator allocator = HakAllocator.builder().profile(OWN).build()) {
      assertThat(allocator.composition().gates())
          .contains(new GateValue("HAKMEM_DECAY_MS", "77", "profile OWN"));
    }
  }

  @Test
  void profile_ofTheProgramWithAKnownName_isRefused() {
    Profile other = new Profile("throughput", "Another.", Map.of());
    assertThatThrownBy(() -> HakAllocator.builder().profile(other).build().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("profile throughput, set by builder, has other values");
  }

  @Test
  void profiles_ofBothSpellings_areTheSame() {
    try (HakAllocator typed = HakAllocator.builder().profile(Profiles.THROUGHPUT).build();
        HakAllocator named = HakAllocator.builder().profile("THROUGHPUT").build()) {
      assertThat(typed.composition()).isEqualTo(named.composition());
    }
  }
}
