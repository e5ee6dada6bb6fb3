package io.hakmem.bench.page;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a bar or a line belongs to; each family has a colour. */
public enum Family {
  /** This library. */
  HAKMEM("HAKMEM"),
  /** The same measured again, or what a change is compared with. */
  CONTROL("control"),
  /** Called from C, in a process without a JVM. */
  NATIVE("native, called from C"),
  /** Called from Java. */
  JVM("called from Java"),
  /** Everything else. */
  OTHER("");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** What the legend of a chart calls it; empty for what needs no legend. */
  public String label() {
    return label;
  }

  /** The name in the data of a page. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
