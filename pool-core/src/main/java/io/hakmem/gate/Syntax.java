package io.hakmem.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How the values of a gate are written. Classes and no lambdas: gates are read whenever a program
 * starts, and each lambda is linked by itself.
 */
abstract class Syntax<T> {

  /** What a value must be, as messages say it behind "must be". */
  final String accepted;

  /** Values that are worth trying. */
  final List<T> worthTrying;

  private Syntax(String accepted, List<T> worthTrying) {
    this.accepted = accepted;
    this.worthTrying = worthTrying;
  }

  /** Reads a value, and refuses a text by an {@link IllegalArgumentException}. */
  abstract T parse(String text);

  /** Writes a value so that it is read as an equal one. */
  abstract String format(T value);

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String range(long min, long max) {
    return max == Long.MAX_VALUE ? "at least " + min : "in [" + min + ", " + max + "]";
  }

  /** One of some words, in any case. */
  static final class Words<T> extends Syntax<T> {

    private final Map<String, T> words;

    /** The first word of a value is the one that is written. */
    Words(String accepted, Map<String, T> words, List<T> worthTrying) {
      super(accepted, worthTrying);
      this.words = words;
    }

    @Override
    T parse(String text) {
      T value = words.get(lowerCase(text));
      if (value == null) {
        throw new IllegalArgumentException("unknown word");
      }
      return value;
    }

    @Override
    String format(T value) {
      for (Map.Entry<String, T> word : words.entrySet()) {
        if (word.getValue().equals(value)) {
          return word.getKey();
        }
      }
      throw new IllegalArgumentException("no word means " + value);
    }
  }

  /** A decimal number. */
  static final class Numbers extends Syntax<Long> {

    private final long min;
    private final long max;

    Numbers(long min, long max, String unit, long defaultValue) {
      super(range(min, max) + " " + unit, List.of(min, defaultValue));
      this.min = min;
      this.max = max;
    }

    @Override
    Long parse(String text) {
      return inRange(Long.parseLong(text), min, max);
    }

    @Override
    String format(Long value) {
      return Long.toString(value);
    }
  }

  /** A number of bytes. */
  static final class Bytes extends Syntax<Long> {

    private final long min;
    private final long max;

    Bytes(long min, long max, long defaultValue) {
      super(
          (max == Long.MAX_VALUE
                  ? "at least " + ByteSize.format(min)
                  : "in [" + ByteSize.format(min) + ", " + ByteSize.format(max) + "]")
              + " bytes, also with KiB, MiB or GiB",
          List.of(min, defaultValue));
      this.min = min;
      this.max = max;
    }

    @Override
    Long parse(String text) {
      return inRange(ByteSize.parse(text), min, max);
    }

    @Override
    String format(Long value) {
      return ByteSize.format(value);
    }
  }

  private static long inRange(long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  /** A set of bits, hexadecimal or decimal. */
  static final class Mask extends Syntax<Long> {

    private final long max;

    Mask(long defaultValue, int maxBits) {
      super(
          "a mask in [0x0, 0x" + Long.toHexString(all(maxBits)) + "], hexadecimal or decimal",
          masks(defaultValue, maxBits));
      this.max = all(maxBits);
    }

    private static long all(int maxBits) {
      return (1L << maxBits) - 1;
    }

    /** The default, each bit alone, and all of them. */
    private static List<Long> masks(long defaultValue, int maxBits) {
      List<Long> masks = new ArrayList<>(List.of(defaultValue));
      for (int bit = 0; bit < maxBits; bit++) {
        masks.add(1L << bit);
      }
      masks.add(all(maxBits));
      return masks;
    }

    @Override
    Long parse(String text) {
      String digits = lowerCase(text);
      return inRange(
          digits.startsWith("0x")
              ? Long.parseLong(digits.substring(2), 16)
              : Long.parseLong(digits),
          0,
          max);
    }

    @Override
    String format(Long value) {
      return "0x" + Long.toHexString(value);
    }
  }

  /** Any text. */
  static final class Text extends Syntax<String> {

    Text() {
      super("any text", List.of());
    }

    @Override
    String parse(String text) {
      return text;
    }

    @Override
    String format(String value) {
      return value;
    }
  }

  /** What a box reads and writes by itself. */
  static final class Own<T> extends Syntax<T> {

    private final Function<String, T> parser;
    private final Function<T, String> formatter;

    Own(
        String accepted,
        Function<String, T> parser,
        Function<T, String> formatter,
        List<T> worthTrying) {
      super(accepted, worthTrying);
      this.parser = parser;
      this.formatter = formatter;
    }

    @Override
    T parse(String text) {
      return parser.apply(text);
    }

    @Override
    String format(T value) {
      return formatter.apply(value);
    }
  }
}
