package io.hakmem.bench.option;

import io.hakmem.Compositions;
import io.hakmem.Compositions.GateInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a composition. */
public final class GateOptions {

  private static final String PROFILE_GATE = "HAKMEM_PROFILE";

  @Option(names = "--profile", paramLabel = "NAME", description = "A preset of gates.")
  private @Nullable String profile;

  @Option(
      names = "--set",
      paramLabel = "GATE=VALUE",
      description = "Set one gate; repeat for more. It wins over profile and environment.")
  private Map<String, String> gates = new LinkedHashMap<>();

  public @Nullable String profile() {
    return profile;
  }

  public Map<String, String> gates() {
    return gates;
  }

  boolean isAnySet() {
    return profile != null || !gates.isEmpty();
  }

  /** The profile that counts, which may come from the environment too; empty when there is none. */
  public String effectiveProfile() {
    return Compositions.gates(gates, profile).stream()
        .filter(gate -> gate.name().equals(PROFILE_GATE))
        .map(GateInfo::value)
        .findFirst()
        .orElseThrow();
  }

  /** The options of a command that takes the same gates. */
  public static List<String> options(@Nullable String profile, Map<String, String> gates) {
    List<String> options = new ArrayList<>();
    if (profile != null && !profile.isEmpty()) {
      options.addAll(List.of("--profile", profile));
    }
    gates.forEach((gate, value) -> options.addAll(List.of("--set", gate + "=" + value)));
    return options;
  }
}
