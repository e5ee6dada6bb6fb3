package io.hakmem.bench;

import io.hakmem.Compositions;
import io.hakmem.Compositions.GateInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hakmem gates}: every gate. */
@Command(
    name = "gates",
    description = "Lists every gate: default, current value and its source, meaning.",
    mixinStandardHelpOptions = true)
final class GatesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private GateOptions options;

  @Override
  public Integer call() {
    List<GateInfo> gates = Compositions.gates(options.gates(), options.profile());
    int width = gates.stream().mapToInt(gate -> gate.name().length()).max().orElse(4);
    PrintWriter out = spec.commandLine().getOut();
    String row = "%-" + width + "s  %-12s %-12s %-12s %s%n";
    out.printf(row, "gate", "default", "value", "from", "meaning");
    for (GateInfo gate : gates) {
      out.printf(row, gate.name(), gate.defaultText(), gate.value(), gate.source(), gate.doc());
    }
    out.flush();
    return 0;
  }
}
