package io.hakmem.gate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of every declared gate and where it came from. Read once, while composing; immutable,
 * so any thread may ask.
 */
public final class Settings {

  private final Map<Gate<?>, Entry<?>> entries = new LinkedHashMap<>();
  private final List<String> notes;
  private final List<String> ignored;

  private Settings(List<Entry<?>> entries, List<String> notes, List<String> ignored) {
    for (Entry<?> entry : entries) {
      if (this.entries.put(entry.gate, entry) != null) {
        throw new IllegalArgumentException("%s has two values".formatted(entry.gate));
      }
    }
    this.notes = List.copyOf(notes);
    this.ignored = List.copyOf(ignored);
  }

  /**
   * One gate with its value.
   *
   * @param source {@code default}, {@code profile C7_SAFE}, {@code environment HAKMEM_X}, {@code
   *     system property hakmem.x}, {@code file <path>} or {@code builder}
   */
  public record Entry<T>(Gate<T> gate, T value, String source) {

    /**
     * Reads the value from its text.
     *
     * @throws io.hakmem.SettingsException if the gate does not accept the text
     */
    public static <T> Entry<T> parse(Gate<T> gate, String text, String source) {
      return new Entry<>(gate, gate.parse(text, source), source);
    }

    /** The gate at its default. */
    public static <T> Entry<T> ofDefault(Gate<T> gate) {
      return parse(gate, gate.defaultText(), "default");
    }

    private String text() {
      return gate.format(value);
    }
  }

  /**
   * These values, in this order, of an environment where every gate is known.
   *
   * @throws IllegalArgumentException if a gate has two values
   */
  public static Settings of(List<Entry<?>> entries, List<String> notes) {
    return of(entries, notes, List.of());
  }

  /**
   * These values, in this order.
   *
   * @param notes as {@link #notes} gives them
   * @param ignored as {@link #ignored} gives them
   * @throws IllegalArgumentException if a gate has two values
   */
  public static Settings of(List<Entry<?>> entries, List<String> notes, List<String> ignored) {
    return new Settings(entries, notes, ignored);
  }

  /** Each gate at its default, in this order. */
  public static Settings defaults(List<Gate<?>> gates) {
    return new Settings(
        gates.stream().<Entry<?>>map(Entry::ofDefault).toList(), List.of(), List.of());
  }

  /**
   * The value of a gate.
   *
   * @throws IllegalStateException if the gate was not declared
   */
  public <T> T get(Gate<T> gate) {
    return gate.type().cast(entry(gate).value);
  }

  /**
   * Where the value came from, in the words of {@link Entry#source}.
   *
   * @throws IllegalStateException if the gate was not declared
   */
  public String source(Gate<?> gate) {
    return entry(gate).source;
  }

  /**
   * The value in the gate's canonical writing, such as {@code 4MiB}.
   *
   * @throws IllegalStateException if the gate was not declared
   */
  public String text(Gate<?> gate) {
    return entry(gate).text();
  }

  /** Every declared gate, in the order of declaration. */
  public List<Gate<?>> gates() {
    return List.copyOf(entries.keySet());
  }

  /** What was left out while resolving and why, one sentence each; usually empty. */
  public List<String> notes() {
    return notes;
  }

  /** Names of the environment that look like gates and are none, a sentence each. */
  public List<String> ignored() {
    return ignored;
  }

  private Entry<?> entry(Gate<?> gate) {
    Entry<?> entry = entries.get(gate);
    if (entry == null) {
      throw new IllegalStateException(
          "gate %s was not declared; declared are %s".formatted(gate, entries.keySet()));
    }
    return entry;
  }
}
