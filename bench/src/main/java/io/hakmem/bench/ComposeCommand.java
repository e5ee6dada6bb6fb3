package io.hakmem.bench;

import io.hakmem.HakAllocator;
import io.hakmem.bench.peer.SubjectKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hakmem compose}: what a profile and gates make. */
@Command(
    name = "compose",
    description = "Prints the composition of a profile and gates, without running it.",
    mixinStandardHelpOptions = true)
final class ComposeCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Mixin private GateOptions gates;

  @Override
  public Integer call() {
    try (HakAllocator allocator = SubjectKind.compose(gates.profile(), gates.gates())) {
      result.print(
          allocator.composition(), out -> out.println(allocator.describe().stripTrailing()));
    }
    return 0;
  }
}
