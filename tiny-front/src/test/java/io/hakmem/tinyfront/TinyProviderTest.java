package io.hakmem.tinyfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.hakmem.SettingsException;
import io.hakmem.gate.Settings;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TinyProviderTest {

  private static final String MASK = "HAKMEM_SMALL_HEAP_V3_CLASSES";

  private final TinyProvider provider = new TinyProvider();

  @Test
  void defaults_ofTheGates_areTheDocumentedOnes() {
    assertThat(provider.gates())
        .extracting(gate -> entry(gate.name(), gate.defaultText()))
        .containsExactly(
            entry("HAKMEM_TINY_HEAP_PROFILE", "c7_safe"),
            entry("HAKMEM_SMALL_HEAP_V3_ENABLED", "1"),
            entry(MASK, "0x80"),
            entry("HAKMEM_TINY_C7_HOT", "1"),
            entry("HAKMEM_TINY_FRONT_V3_ENABLED", "1"),
            entry("HAKMEM_TINY_FRONT_V3_LUT_ENABLED", "1"),
            entry("HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED", "1"),
            entry("HAKMEM_TINY_HOTHEAP_V2", "0"),
            entry("HAKMEM_TINY_LARSON_FIX", "1"));
  }

  @Test
  void profiles_always_addTheFrontsOwn() {
    assertThat(provider.profiles())
        .singleElement()
        .satisfies(
            profile -> {
              assertThat(profile.name()).isEqualTo("C7_SAFE");
              assertThat(profile.values())
                  .containsExactly(entry("HAKMEM_TINY_HEAP_PROFILE", "C7_SAFE"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "off", "false"})
  void table_off_isRefusedWithTheReason(String text) {
    assertThatThrownBy(() -> TinyGates.TABLE.parse(text, "test"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "HAKMEM_TINY_FRONT_V3_LUT_ENABLED=%s, set by test, must be one of 1, on, true:"
                + " it cannot be off here",
            text);
  }

  @Test
  void place_always_isAFronts() {
    assertThat(provider.place()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "C7_SAFE, 1, true",
    "C7_SAFE, 0, false",
    "LEGACY, 1, false",
    "LEGACY, 0, false",
  })
  void isSelected_always_takesProfileAndHeap(String profile, String heap, boolean selected) {
    Settings settings =
        TinyContractTest.settings(
            Map.of("HAKMEM_TINY_HEAP_PROFILE", profile, "HAKMEM_SMALL_HEAP_V3_ENABLED", heap));
    assertThat(provider.isSelected(settings)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "0x80, 0x80",
    "128, 0x80",
    "0XfF, 0xff",
    "255, 0xff",
    "1, 0x1",
    "0x0, 0x0",
  })
  void mask_hexadecimalOrDecimal_isAccepted(String text, String canonical) {
    assertThat(TinyContractTest.settings(Map.of(MASK, text)).text(TinyGates.CLASSES))
        .isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x100", "256", "-1", "0x-1", "C7", "0x", "", "80h"})
  void mask_noNumberOrBeyondC7_isRefusedWithNameValueAndRange(String text) {
    assertThatThrownBy(() -> TinyContractTest.settings(Map.of(MASK, text)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            MASK + "=%s, set by test, must be a mask in [0x0, 0xff], hexadecimal or decimal", text);
  }

  @ParameterizedTest
  @CsvSource({
    "0x01, 16",
    "0x02, 16",
    "0x03, 16",
    "0x80, 1024",
    "0x84, 32 1024",
    "0xFF, 16 32 64 128 256 512 1024",
  })
  void blockSizes_ofAMask_areThoseOfItsClassesOnce(long mask, String sizes) {
    assertThat(TinyClasses.blockSizes(mask)).containsExactly(longs(sizes));
  }

  private static long[] longs(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }
}
