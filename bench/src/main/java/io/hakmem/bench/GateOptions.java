package io.hakmem.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a composition. */
final class GateOptions {

  @Option(names = "--profile", paramLabel = "NAME", description = "A preset of gates.")
  private @Nullable String profile;

  @Option(
      names = "--set",
      paramLabel = "GATE=VALUE",
      description = "Set one gate; repeat for more. It wins over profile and environment.")
  private Map<String, String> gates = new LinkedHashMap<>();

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Nullable String profile() {
    return profile;
  }

  Map<String, String> gates() {
    return gates;
  }

  boolean isVerbose() {
    return verbose;
  }
}
