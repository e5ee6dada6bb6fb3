package io.hakmem.gate;

import io.hakmem.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One setting, declared once as a constant: its name, default, accepted values and meaning.
 *
 * <p>Gates are immutable and compared by identity. Any thread may use them.
 *
 * @param <T> the type of the value
 */
public final class Gate<T> {

  private static final String PREFIX = "HAKMEM_";

  private final String name;
  private final Class<T> type;
  private final String defaultText;
  private final String accepted;
  private final String doc;
  private final Function<String, T> parser;
  private final Function<T, String> formatter;
  private final List<T> worthTrying;

  private Gate(String name, Class<T> type, T defaultValue, String doc, Syntax<T> syntax) {
    if (!isName(name)) {
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
    this.worthTrying = syntax.worthTrying;
  }

  private Gate(Gate<T> declared, List<T> worthTrying) {
    this.name = declared.name;
    this.type = declared.type;
    this.defaultText = declared.defaultText;
    this.accepted = declared.accepted;
    this.doc = declared.doc;
    this.parser = declared.parser;
    this.formatter = declared.formatter;
    this.worthTrying = worthTrying;
  }

  /** By hand: a program that only allocates shall not wait for regular expressions. */
  private static boolean isName(String name) {
    boolean isWords = name.startsWith(PREFIX) && !name.endsWith("_") && !name.contains("__");
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      isWords &= each == '_' || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
    }
    return isWords;
  }

  /** How values are written. The parser refuses by an {@link IllegalArgumentException}. */
  private record Syntax<T>(
      String accepted,
      Function<String, T> parser,
      Function<T, String> formatter,
      List<T> worthTrying) {}

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
            value -> value ? "1" : "0",
            List.of(false, true)));
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
        new Syntax<>(
            "one of 1, on, true: it cannot be off here",
            text -> oneOf(words, text),
            on -> "1",
            List.of(true)));
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
            value -> Long.toString(value),
            List.of(min, defaultValue)));
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
                    : "in [" + ByteSize.format(min) + ", " + ByteSize.format(max) + "]")
                + " bytes, also with KiB, MiB or GiB",
            text -> inRange(ByteSize.parse(text), min, max),
            ByteSize::format,
            List.of(min, defaultValue)));
  }

  /** One constant of an enumeration; texts are lower case, any case is accepted. */
  public static <E extends Enum<E>> Gate<E> choice(
      String name, Class<E> type, E defaultValue, String doc) {
    E[] constants = type.getEnumConstants();
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(lowerCase(constant.name()), constant);
    }
    String listed = String.join(", ", words.keySet());
    return new Gate<>(
        name,
        type,
        defaultValue,
        doc,
        new Syntax<>(
            "one of " + listed,
            text -> oneOf(words, text),
            value -> lowerCase(value.name()),
            List.of(constants)));
  }

  /** Any text; surrounding white space is dropped. */
  public static Gate<String> text(String name, String defaultValue, String doc) {
    return new Gate<>(
        name,
        String.class,
        defaultValue,
        doc,
        new Syntax<>("any text", Function.identity(), Function.identity(), List.of()));
  }

  /**
   * A value with a syntax of its own.
   *
   * @param accepted what a value must be, as messages say it behind "must be"
   * @param parser reads a value, and refuses a text by an {@link IllegalArgumentException}
   * @param formatter writes a value so that the parser reads an equal one
   */
  public static <T> Gate<T> parsed(
      String name,
      Class<T> type,
      T defaultValue,
      String accepted,
      Function<String, T> parser,
      Function<T, String> formatter,
      String doc) {
    return new Gate<>(
        name,
        type,
        defaultValue,
        doc,
        new Syntax<>(accepted, parser, formatter, List.of(defaultValue)));
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
            "a mask in [0x0, 0x" + Long.toHexString(max) + "], hexadecimal or decimal",
            text -> inRange(parseMask(lowerCase(text)), 0, max),
            value -> "0x" + Long.toHexString(value),
            masks(defaultValue, maxBits)));
  }

  /** The default, each bit alone, and all of them. */
  private static List<Long> masks(long defaultValue, int maxBits) {
    List<Long> masks = new ArrayList<>(List.of(defaultValue));
    for (int bit = 0; bit < maxBits; bit++) {
      masks.add(1L << bit);
    }
    masks.add((1L << maxBits) - 1);
    return masks;
  }

  /**
   * The same gate with other values that are worth trying, for one whose range says little about
   * them.
   *
   * @param texts those beside the default; none if no other is worth trying
   * @throws SettingsException if one is not accepted
   */
  public Gate<T> trying(String... texts) {
    List<T> values = new ArrayList<>();
    values.add(parse(defaultText, "default"));
    for (String text : texts) {
      values.add(parse(text, "declaration"));
    }
    return new Gate<>(this, values);
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

  /**
   * The values that are worth trying, the default among them, as {@link #format} writes them: both
   * of a flag, each constant of a choice, the least and the default of a number, each bit and all
   * bits of a mask, or what {@link #trying} says. None of a text, which any value could be.
   */
  public List<String> values() {
    return worthTrying.stream().map(formatter).distinct().toList();
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
    return max == Long.MAX_VALUE ? "at least " + min : "in [" + min + ", " + max + "]";
  }

  private static long parseMask(String text) {
    return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
