package io.hakmem.bench.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A gate and the values that it takes in turn.
 *
 * @param values at least one, none twice
 */
record SweptGate(String name, List<String> values) {

  /**
   * Reads {@code GATE=v1,v2}.
   *
   * @throws IllegalArgumentException if it is not of that form, or has a value twice
   */
  static SweptGate parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0 || equals == text.length() - 1) {
      throw new IllegalArgumentException(text + " is not of the form GATE=v1,v2");
    }
    List<String> values = List.of(text.substring(equals + 1).split(",", -1));
    Set<String> seen = new LinkedHashSet<>();
    for (String value : values) {
      if (value.isBlank()) {
        throw new IllegalArgumentException(text + " has a value that is empty");
      }
      if (!seen.add(value.strip())) {
        throw new IllegalArgumentException(text + " has the value " + value + " twice");
      }
    }
    return new SweptGate(text.substring(0, equals), List.copyOf(seen));
  }

  /** Every combination of values, as words of a configuration; the last gate changes fastest. */
  static List<List<String>> combinations(List<SweptGate> gates) {
    List<List<String>> all = List.of(List.of());
    for (SweptGate gate : gates) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> before : all) {
        for (String value : gate.values) {
          List<String> words = new ArrayList<>(before);
          words.add(value);
          longer.add(words);
        }
      }
      all = longer;
    }
    return all;
  }
}
