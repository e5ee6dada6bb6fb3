package io.hakmem.gate;

import io.hakmem.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final String doc;
  private final Syntax<T> syntax;
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
    this.doc = doc;
    this.syntax = syntax;
    this.defaultText = syntax.format(defaultValue);
    parse(defaultText, "default");
    this.worthTrying = syntax.worthTrying;
  }

  private Gate(Gate<T> declared, List<T> worthTrying) {
    this.name = declared.name;
    this.type = declared.type;
    this.defaultText = declared.defaultText;
    this.doc = declared.doc;
    this.syntax = declared.syntax;
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

  /** A switch: {@code 0}, {@code off}, {@code false} or {@code 1}, {@code on}, {@code true}. */
  public static Gate<Boolean> flag(String name, boolean defaultValue, String doc) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    for (String off : List.of("0", "off", "false")) {
      words.put(off, false);
    }
    for (String on : List.of("1", "on", "true")) {
      words.put(on, true);
    }
    return new Gate<>(
        name,
        Boolean.class,
        defaultValue,
        doc,
        new Syntax.Words<>("one of 0, 1, off, on, false, true", words, List.of(false, true)));
  }

  /**
   * A switch of the original that is always on here, so that what it asks for is not refused and
   * what it forbids is.
   *
   * @param doc also says why it cannot be off
   */
  public static Gate<Boolean> alwaysOn(String name, String doc) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    for (String on : List.of("1", "on", "true")) {
      words.put(on, true);
    }
    return new Gate<>(
        name,
        Boolean.class,
        true,
        doc,
        new Syntax.Words<>("one of 1, on, true: it cannot be off here", words, List.of(true)));
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
        name, Long.class, defaultValue, doc, new Syntax.Numbers(min, max, unit, defaultValue));
  }

  /**
   * A number of bytes in [{@code min}, {@code max}], written plainly or with {@code KiB}, {@code
   * MiB} or {@code GiB} in any case.
   *
   * @throws SettingsException if the default is out of range
   */
  public static Gate<Long> bytes(String name, long defaultValue, long min, long max, String doc) {
    return new Gate<>(
        name, Long.class, defaultValue, doc, new Syntax.Bytes(min, max, defaultValue));
  }

  /** One constant of an enumeration; texts are lower case, any case is accepted. */
  public static <E extends Enum<E>> Gate<E> choice(
      String name, Class<E> type, E defaultValue, String doc) {
    E[] constants = type.getEnumConstants();
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(Syntax.lowerCase(constant.name()), constant);
    }
    String listed = String.join(", ", words.keySet());
    return new Gate<>(
        name,
        type,
        defaultValue,
        doc,
        new Syntax.Words<>("one of " + listed, words, List.of(constants)));
  }

  /** Any text; surrounding white space is dropped. */
  public static Gate<String> text(String name, String defaultValue, String doc) {
    return new Gate<>(name, String.class, defaultValue, doc, new Syntax.Text());
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
        new Syntax.Own<>(accepted, parser, formatter, List.of(defaultValue)));
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
    return new Gate<>(name, Long.class, defaultValue, doc, new Syntax.Mask(defaultValue, maxBits));
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
    return Syntax.lowerCase(name).replace('_', '.');
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
    return syntax.accepted;
  }

  /**
   * The values that are worth trying, the default among them, as {@link #format} writes them: both
   * of a flag, each constant of a choice, the least and the default of a number, each bit and all
   * bits of a mask, or what {@link #trying} says. None of a text, which any value could be.
   */
  public List<String> values() {
    Set<String> texts = new LinkedHashSet<>();
    for (T value : worthTrying) {
      texts.add(format(value));
    }
    return List.copyOf(texts);
  }

  /** What the gate does, in one sentence. */
  public String doc() {
    return doc;
  }

  /** The canonical text of a value: {@code parse(format(v), …)} equals {@code v}. */
  public String format(T value) {
    return syntax.format(value);
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
      return syntax.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s=%s, set by %s, must be %s".formatted(name, text, source, accepted()), e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
