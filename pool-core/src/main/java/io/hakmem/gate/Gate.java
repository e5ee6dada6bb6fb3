package io.hakmem.gate;

import io.hakmem.SettingsException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One setting, declared once as a constant: its name, default, accepted values and meaning.
 *
 * <p>Gates are immutable and compared by identity. Any thread may use them.
 *
 * @param <T> the type of the value
 */
public final class Gate<T> {

  private static final Pattern NAME = Pattern.compile("HAKMEM(_[A-Z0-9]+)+");

  private final String name;
  private final Class<T> type;
  private final String defaultText;
  private final String accepted;
  private final String doc;
  private final Function<String, T> parser;
  private final Function<T, String> formatter;

  private Gate(String name, Class<T> type, T defaultValue, String doc, Syntax<T> syntax) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "gate name '%s' must be upper case words after HAKMEM_".formatted(name));
    }
    if (doc.isBlank()) {
      throw new IllegalArgumentException("gate %s must say what it does".formatted(name));
    }
    this.name = name;
    this.type = type;
    this.accepted = syntax.accepted;
    this.doc = doc;
    this.parser = syntax.parser;
    this.formatter = syntax.formatter;
    this.defaultText = formatter.apply(defaultValue);
    parse(defaultText, "default");
  }

  /** How values are written. The parser refuses by an {@link IllegalArgumentException}. */
  private record Syntax<T>(
      String accepted, Function<String, T> parser, Function<T, String> formatter) {}

  /** A switch: {@code 0}, {@code off}, {@code false} or {@code 1}, {@code on}, {@code true}. */
  public static Gate<Boolean> flag(String name, boolean defaultValue, String doc) {
    Map<String, Boolean> words =
        Map.of("0", false, "off", false, "false", false, "1", true, "on", true, "true", true);
    return new Gate<>(
        name,
        Boolean.class,
        defaultValue,
        doc,
        new Syntax<>(
            "one of 0, 1, off, on, false, true",
            text -> oneOf(words, text),
            value -> value ? "1" : "0"));
  }

  /**
   * A switch of the original that is always on here, so that what it asks for is not refused and
   * what it forbids is.
   *
   * @param doc also says why it cannot be off
   */
  public static Gate<Boolean> alwaysOn(String name, String doc) {
    Map<String, Boolean> words = Map.of("1", true, "on", true, "true", true);
    return new Gate<>(
        name,
        Boolean.class,
        true,
        doc,
        new Syntax<>("one of 1, on, true: it cannot be off here", t -> oneOf(words, t), on -> "1"));
  }

  /**
   * A decimal number in [{@code min}, {@code max}].
   *
   * @param unit what is counted, such as {@code blocks} or {@code ms}
   * @throws SettingsException if the default is out of range
   */
  public static Gate<Long> integer(
      String name, long defaultValue, long min, long max, String unit, String doc) {
    return new Gate<>(
        name,
        Long.class,
        defaultValue,
        doc,
        new Syntax<>(
            range(min, max) + " " + unit,
            text -> inRange(Long.parseLong(text), min, max),
            value -> Long.toString(value)));
  }

  /**
   * A number of bytes in [{@code min}, {@code max}], written plainly or with {@code KiB}, {@code
   * MiB} or {@code GiB} in any case.
   *
   * @throws SettingsException if the default is out of range
   */
  public static Gate<Long> bytes(String name, long defaultValue, long min, long max, String doc) {
    return new Gate<>(
        name,
        Long.class,
        defaultValue,
        doc,
        new Syntax<>(
            (max == Long.MAX_VALUE
                    ? "at least " + ByteSize.format(min)
                    : "in [%s, %s]".formatted(ByteSize.format(min), ByteSize.format(max)))
                + " bytes, also with KiB, MiB or GiB",
            text -> inRange(ByteSize.parse(text), min, max),
            ByteSize::format));
  }

  /** One constant of an enumeration; texts are lower case, any case is accepted. */
  public static <E extends Enum<E>> Gate<E> choice(
      String name, Class<E> type, E defaultValue, String doc) {
    E[] constants = type.getEnumConstants();
    Map<String, E> words = new TreeMap<>();
    for (E constant : constants) {
      words.put(lowerCase(constant.name()), constant);
    }
    String listed =
        Arrays.stream(constants)
            .map(constant -> lowerCase(constant.name()))
            .collect(Collectors.joining(", "));
    return new Gate<>(
        name,
        type,
        defaultValue,
        doc,
        new Syntax<>(
            "one of " + listed, text -> oneOf(words, text), value -> lowerCase(value.name())));
  }

  /** Any text; surrounding white space is dropped. */
  public static Gate<String> text(String name, String defaultValue, String doc) {
    return new Gate<>(
        name,
        String.class,
        defaultValue,
        doc,
        new Syntax<>("any text", Function.identity(), Function.identity()));
  }

  /**
   * A set of bits, written as {@code 0x80} or in decimal.
   *
   * @param maxBits how many bits there are, in [1, 63]
   * @throws IllegalArgumentException if {@code maxBits} or the default is out of range
   */
  public static Gate<Long> mask(String name, long defaultValue, int maxBits, String doc) {
    if (maxBits < 1 || maxBits >= Long.SIZE) {
      throw new IllegalArgumentException(
          "maxBits=%d of gate %s must be in [1, 63]".formatted(maxBits, name));
    }
    long max = (1L << maxBits) - 1;
    return new Gate<>(
        name,
        Long.class,
        defaultValue,
        doc,
        new Syntax<>(
            "a mask in [0x0, 0x%x], hexadecimal or decimal".formatted(max),
            text -> inRange(parseMask(lowerCase(text)), 0, max),
            "0x%x"::formatted));
  }

  /** The name of the environment variable, such as {@code HAKMEM_POOL_ZERO_MODE}. */
  public String name() {
    return name;
  }

  /** The name of the system property, such as {@code hakmem.pool.zero.mode}. */
  public String property() {
    return lowerCase(name).replace('_', '.');
  }

  /** The value's type. */
  public Class<T> type() {
    return type;
  }

  /** The default as {@link #format} writes it. */
  public String defaultText() {
    return defaultText;
  }

  /** What a value must be, with range and unit, such as {@code in [8, 65536] blocks}. */
  public String accepted() {
    return accepted;
  }

  /** What the gate does, in one sentence. */
  public String doc() {
    return doc;
  }

  /** The canonical text of a value: {@code parse(format(v), …)} equals {@code v}. */
  public String format(T value) {
    return formatter.apply(value);
  }

  /**
   * Reads a value.
   *
   * @param text the value as written; surrounding white space is dropped
   * @param source where it was written, for the message
   * @throws SettingsException if the text is not accepted
   */
  public T parse(String text, String source) {
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s=%s, set by %s, must be %s".formatted(name, text, source, accepted), e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static <T> T oneOf(Map<String, T> words, String text) {
    T value = words.get(lowerCase(text));
    if (value == null) {
      throw new IllegalArgumentException("unknown word");
    }
    return value;
  }

  private static long inRange(long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static String range(long min, long max) {
    return max == Long.MAX_VALUE ? "at least " + min : "in [%d, %d]".formatted(min, max);
  }

  private static long parseMask(String text) {
    return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
