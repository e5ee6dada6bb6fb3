package io.hakmem;

import io.hakmem.compose.Composer;
import io.hakmem.gate.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers questions about gates without creating an allocator. */
public final class Compositions {

  private Compositions() {}

  /**
   * A gate as it would be read now.
   *
   * @param source where the value comes from
   */
  public record GateInfo(
      String name, String defaultText, String doc, String value, String source) {}

  /**
   * Every gate of the installed boxes.
   *
   * @throws SettingsException if a gate or value is not accepted
   */
  public static List<GateInfo> gates(Map<String, String> set, @Nullable String profile) {
    Map<String, String> values = new LinkedHashMap<>(set);
    if (profile != null) {
      values.put("HAKMEM_PROFILE", profile);
    }
    Settings settings = Composer.settings(values);
    return settings.gates().stream()
        .map(
            gate ->
                new GateInfo(
                    gate.name(),
                    gate.defaultText(),
                    gate.doc(),
                    settings.text(gate),
                    settings.source(gate)))
        .toList();
  }
}
