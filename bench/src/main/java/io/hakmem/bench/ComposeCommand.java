package io.hakmem.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.HakAllocator;
import io.hakmem.bench.peer.SubjectKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hakmem compose}: what a profile and gates make. */
@Command(
    name = "compose",
    description = "Prints the composition of a profile and gates, without running it.",
    mixinStandardHelpOptions = true)
final class ComposeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private GateOptions gates;

  @Option(names = "--json", description = "Print the composition as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (HakAllocator allocator = SubjectKind.compose(gates.profile(), gates.gates())) {
      out.println(json ? asJson(allocator) : allocator.describe().stripTrailing());
    }
    return 0;
  }

  private static String asJson(HakAllocator allocator) throws IOException {
    return new JsonMapper().writeValueAsString(allocator.composition());
  }
}
