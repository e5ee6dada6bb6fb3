package io.hakmem.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A named set of gate values. A value given any other way wins over the profile's.
 *
 * @param name what {@code HAKMEM_PROFILE} selects it by, such as {@code C7_SAFE}
 * @param doc one sentence: what the profile is for
 * @param values gate name to text, such as {@code HAKMEM_CHECKS} to {@code on}; keeps its order
 */
public record Profile(String name, String doc, Map<String, String> values) {

  /**
   * Copies the values.
   *
   * @throws IllegalArgumentException if the name or the doc is blank, or the name has spaces around
   *     it, which no value of a gate has
   */
  public Profile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(doc, "doc");
    Objects.requireNonNull(values, "values");
    if (name.isBlank() || doc.isBlank()) {
      throw new IllegalArgumentException(
          "a profile needs a name and a doc: name='%s' doc='%s'".formatted(name, doc));
    }
    if (!name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "name='%s' of a profile must not begin or end with a space".formatted(name));
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
