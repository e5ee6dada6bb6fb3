package io.hakmem.settings;

import io.hakmem.gate.Gate;
import java.util.List;

/** Writes the table of {@code docs/configuration.md}. */
public final class GateTable {

  private static final String HEADER =
      """
      | name | property | default | accepted | meaning |
      |---|---|---|---|---|
      """;

  private GateTable() {}

  /** One row a gate, in the given order, each line ended by a line feed. */
  public static String markdown(List<Gate<?>> gates) {
    StringBuilder table = new StringBuilder(HEADER);
    for (Gate<?> gate : gates) {
      table.append(row(gate));
    }
    return table.toString();
  }

  private static String row(Gate<?> gate) {
    return "| `%s` | `%s` | %s | %s | %s |\n"
        .formatted(
            gate.name(),
            gate.property(),
            gate.defaultText().isEmpty() ? "(empty)" : "`" + cell(gate.defaultText()) + "`",
            cell(gate.accepted()),
            cell(gate.doc()));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
