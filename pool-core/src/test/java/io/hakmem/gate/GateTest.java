package io.hakmem.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.SettingsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class GateTest {

  private static final String SOURCE = "builder";

  private final Gate<Boolean> flag = Gate.flag("HAKMEM_FLAG", true, "A switch.");
  private final Gate<Long> integer =
      Gate.integer("HAKMEM_COUNT", 256, 8, 65_536, "blocks", "A number.");
  private final Gate<Long> bytes = Gate.bytes("HAKMEM_SIZE", 4 << 20, 1024, 1L << 30, "A size.");
  private final Gate<ZeroMode> choice =
      Gate.choice("HAKMEM_ZERO", ZeroMode.class, ZeroMode.FULL, "A choice.");
  private final Gate<String> text = Gate.text("HAKMEM_TEXT", "none", "A text.");
  private final Gate<Long> mask = Gate.mask("HAKMEM_MASK", 0x80, 8, "A mask.");

  @Test
  void property_ofName_isLowerCaseWithDots() {
    assertThat(Gate.text("HAKMEM_POOL_V2_X", "", "A text.").property())
        .isEqualTo("hakmem.pool.v2.x");
  }

  @Test
  void defaultText_always_isCanonical() {
    assertThat(flag.defaultText()).isEqualTo("1");
    assertThat(integer.defaultText()).isEqualTo("256");
    assertThat(bytes.defaultText()).isEqualTo("4MiB");
    assertThat(choice.defaultText()).isEqualTo("full");
    assertThat(text.defaultText()).isEqualTo("none");
    assertThat(mask.defaultText()).isEqualTo("0x80");
  }

  @Test
  void values_byKind_areThoseWorthTrying() {
    assertThat(flag.values()).containsExactly("0", "1");
    assertThat(Gate.alwaysOn("HAKMEM_ON", "Always.").values()).containsExactly("1");
    assertThat(integer.values()).containsExactly("8", "256");
    assertThat(bytes.values()).containsExactly("1KiB", "4MiB");
    assertThat(choice.values()).containsExactly("full", "header", "off");
    assertThat(text.values()).isEmpty();
    assertThat(Gate.mask("HAKMEM_BITS", 2, 3, "Bits.").values())
        .containsExactly("0x2", "0x1", "0x4", "0x7");
  }

  @Test
  void trying_texts_areTheDefaultAndTheseInCanonicalWriting() {
    Gate<Long> tried = bytes.trying("8388608", "4mib", "1KiB");

    assertThat(tried.values()).containsExactly("4MiB", "8MiB", "1KiB");
    assertThat(tried.name()).isEqualTo(bytes.name());
    assertThat(tried.defaultText()).isEqualTo("4MiB");
    assertRefusedDeclaration(
        () -> bytes.trying("512"),
        "HAKMEM_SIZE=512, set by declaration, must be in [1KiB, 1GiB] bytes, also with KiB, MiB or"
            + " GiB");
  }

  @Test
  void parse_flag_takesSixWords() {
    for (String word : new String[] {"1", "on", "true", "ON", " True "}) {
      assertThat(flag.parse(word, SOURCE)).as(word).isTrue();
    }
    for (String word : new String[] {"0", "off", "false", "OFF"}) {
      assertThat(flag.parse(word, SOURCE)).as(word).isFalse();
    }
  }

  @Test
  void parse_flagMalformed_saysWhatIsAccepted() {
    assertRefused(
        flag, "yes", "HAKMEM_FLAG=yes, set by builder, must be one of 0, 1, off, on, false, true");
    assertRefused(
        flag, "", "HAKMEM_FLAG=, set by builder, must be one of 0, 1, off, on, false, true");
  }

  @Test
  void parse_integerWithinRange_includesBothEnds() {
    assertThat(integer.parse("8", SOURCE)).isEqualTo(8);
    assertThat(integer.parse(" 65536 ", SOURCE)).isEqualTo(65_536);
  }

  @Test
  void parse_integerMalformed_saysRangeAndUnit() {
    String rest = ", set by builder, must be in [8, 65536] blocks";
    assertRefused(integer, "7", "HAKMEM_COUNT=7" + rest);
    assertRefused(integer, "65537", "HAKMEM_COUNT=65537" + rest);
    assertRefused(integer, "many", "HAKMEM_COUNT=many" + rest);
    assertRefused(integer, "9223372036854775808", "HAKMEM_COUNT=9223372036854775808" + rest);
  }

  @Test
  void parse_integerWithoutUpperLimit_saysAtLeast() {
    assertRefused(
        Gate.integer("HAKMEM_TIME", 1, 0, Long.MAX_VALUE, "ms", "A time."),
        "-1",
        "HAKMEM_TIME=-1, set by builder, must be at least 0 ms");
  }

  @Test
  void parse_bytes_takesUnits() {
    assertThat(bytes.parse("1536", SOURCE)).isEqualTo(1536);
    assertThat(bytes.parse("64KiB", SOURCE)).isEqualTo(64L << 10);
    assertThat(bytes.parse("3 mib", SOURCE)).isEqualTo(3L << 20);
    assertThat(bytes.parse("1GIB", SOURCE)).isEqualTo(1L << 30);
    for (String tenMib : new String[] {"10m", "10M", "10MB", "10Mi", "10 MiB", "10240k"}) {
      assertThat(bytes.parse(tenMib, SOURCE)).as(tenMib).isEqualTo(10L << 20);
    }
    assertThat(bytes.parse("0.5GiB", SOURCE)).isEqualTo(512L << 20);
    assertThat(bytes.parse("1.5k", SOURCE)).isEqualTo(1536);
  }

  @Test
  void parse_bytesMalformed_saysRangeAndUnits() {
    String rest = ", set by builder, must be in [1KiB, 1GiB] bytes, also with KiB, MiB or GiB";
    for (String wrong :
        new String[] {
          "4MiBs",
          "4mm",
          "1023",
          "2GiB",
          "-1",
          "KiB",
          "",
          "1.2.3k",
          ".",
          "0.3333",
          "1e3",
          "9223372036854775807GiB",
          "9223372036854775808"
        }) {
      assertRefused(bytes, wrong, "HAKMEM_SIZE=" + wrong + rest);
    }
  }

  @Test
  void format_bytes_neverRounds() {
    assertThat(bytes.format(0L)).isEqualTo("0");
    assertThat(bytes.format(1025L)).isEqualTo("1025");
    assertThat(bytes.format(1536L << 10)).isEqualTo("1536KiB");
  }

  @Test
  void parse_choice_ignoresCase() {
    assertThat(choice.parse("HeadeR", SOURCE)).isEqualTo(ZeroMode.HEADER);
  }

  @Test
  void parse_choiceMalformed_listsConstants() {
    assertRefused(
        choice, "half", "HAKMEM_ZERO=half, set by builder, must be one of full, header, off");
  }

  @Test
  void parse_text_stripsWhiteSpace() {
    assertThat(text.parse("  a b ", SOURCE)).isEqualTo("a b");
  }

  @Test
  void parse_mask_takesHexadecimalAndDecimal() {
    assertThat(mask.parse("0xfF", SOURCE)).isEqualTo(255);
    assertThat(mask.parse("0X80", SOURCE)).isEqualTo(128);
    assertThat(mask.parse("128", SOURCE)).isEqualTo(128);
  }

  @Test
  void parse_maskMalformed_saysRange() {
    String rest = ", set by builder, must be a mask in [0x0, 0xff], hexadecimal or decimal";
    for (String wrong : new String[] {"0x100", "256", "-1", "0x", "80h", "0x-1"}) {
      assertRefused(mask, wrong, "HAKMEM_MASK=" + wrong + rest);
    }
  }

  @Test
  void declare_badName_isRefused() {
    for (String name : new String[] {"POOL", "HAKMEM_", "HAKMEM_Pool", "HAKMEM_A__B"}) {
      assertThatThrownBy(() -> Gate.text(name, "", "A text."))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("gate name '%s' must be upper case words after HAKMEM_", name);
    }
  }

  @Test
  void declare_withoutDoc_isRefused() {
    assertThatThrownBy(() -> Gate.flag("HAKMEM_FLAG", true, " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gate HAKMEM_FLAG must say what it does");
  }

  @Test
  void declare_defaultOutOfRange_isRefused() {
    assertRefusedDeclaration(
        () -> Gate.integer("HAKMEM_COUNT", 7, 8, 9, "blocks", "A number."),
        "HAKMEM_COUNT=7, set by default, must be in [8, 9] blocks");
    assertRefusedDeclaration(
        () -> Gate.mask("HAKMEM_MASK", 4, 2, "A mask."),
        "HAKMEM_MASK=0x4, set by default, must be a mask in [0x0, 0x3], hexadecimal or decimal");
  }

  @Test
  void declare_maskOfTooManyBits_isRefused() {
    for (int bits : new int[] {0, 64}) {
      assertThatThrownBy(() -> Gate.mask("HAKMEM_MASK", 0, bits, "A mask."))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxBits=%d of gate HAKMEM_MASK must be in [1, 63]", bits);
    }
    assertThat(Gate.mask("HAKMEM_MASK", 0, 63, "A mask.").parse("0x7fffffffffffffff", SOURCE))
        .isEqualTo(Long.MAX_VALUE);
  }

  private static void assertRefused(Gate<?> gate, String text, String message) {
    assertThatThrownBy(() -> gate.parse(text, SOURCE))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }

  private static void assertRefusedDeclaration(ThrowingCallable declaration, String message) {
    assertThatThrownBy(declaration).isInstanceOf(SettingsException.class).hasMessage(message);
  }

  @Test
  void mask_fewestAndMostBits_areTaken() {
    assertThat(Gate.mask("HAKMEM_FEW", 0, 1, "A bit.").parse("1", "test")).isEqualTo(1);
    assertThat(Gate.mask("HAKMEM_MANY", 0, 63, "Bits.").parse("0x7fffffffffffffff", "test"))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void byteSize_theLargestOfAUnit_isTaken() {
    assertThat(ByteSize.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(ByteSize.parse("9007199254740991KiB")).isEqualTo(Long.MAX_VALUE - 1023);
  }
}
