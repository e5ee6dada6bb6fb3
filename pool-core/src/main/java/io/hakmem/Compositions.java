package io.hakmem;

import io.hakmem.compose.Boxes;
import io.hakmem.gate.Gate;
import io.hakmem.gate.Profile;
import io.hakmem.gate.Settings;
import io.hakmem.heap.StackRoom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers questions about boxes, gates and profiles without creating an allocator. */
public final class Compositions {

  private static final String PROFILE_GATE = "HAKMEM_PROFILE";

  private Compositions() {}

  /**
   * A gate as it would be read now.
   *
   * @param source where the value comes from
   * @param box name of the box that declares it, or {@code core}
   * @param values those that are worth trying, as {@link Gate#values} says
   */
  public record GateInfo(
      String name,
      String defaultText,
      String doc,
      String value,
      String source,
      String box,
      List<String> values) {

    /** Copies the list. */
    public GateInfo {
      values = List.copyOf(values);
    }
  }

  /**
   * Every gate of the installed boxes.
   *
   * @param set gate name to text, which wins over every other source
   * @param profile that presets gates; null for that of the other sources
   * @throws SettingsException if a gate or value is not accepted
   */
  public static List<GateInfo> gates(Map<String, String> set, @Nullable String profile) {
    StackRoom.requireForRehearsal(); // At the end of the stack classes of the JDK would break.
    Map<String, String> values = new LinkedHashMap<>(Objects.requireNonNull(set, "set"));
    for (Map.Entry<String, String> each : set.entrySet()) {
      String gate = Objects.requireNonNull(each.getKey(), "gate");
      Objects.requireNonNull(each.getValue(), "value of " + gate);
    }
    if (profile != null) {
      values.put(PROFILE_GATE, profile);
    }
    Boxes boxes = Boxes.found();
    Settings settings = boxes.settings(values);
    List<GateInfo> infos =
        settings.gates().stream().map(gate -> info(gate, settings, boxes)).toList();
    link(infos.getFirst(), info(settings.gates().getFirst(), settings, boxes));
    return infos;
  }

  /** Links what a record says of itself while there is room: a link that fails does so for ever. */
  private static void link(GateInfo info, GateInfo same) {
    if (!info.equals(same) || info.hashCode() != same.hashCode() || info.toString().isEmpty()) {
      throw new IllegalStateException("a gate was read twice and differs: " + info);
    }
  }

  private static GateInfo info(Gate<?> gate, Settings settings, Boxes boxes) {
    return new GateInfo(
        gate.name(),
        gate.defaultText(),
        gate.doc(),
        settings.text(gate),
        settings.source(gate),
        boxes.boxOf(gate),
        gate.values());
  }

  /**
   * Names of the environment that look like gates and are none, a sentence each. An allocator only
   * warns of them; a program for which a wrong name would be a wrong result can refuse them.
   */
  public static List<String> ignored() {
    StackRoom.requireForRehearsal();
    return Boxes.found().settings(Map.of()).ignored();
  }

  /** Every profile of the core and of the installed boxes, in the order of the documentation. */
  public static List<Profile> profiles() {
    StackRoom.requireForRehearsal();
    return Boxes.found().profiles();
  }
}
