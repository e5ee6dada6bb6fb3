package io.hakmem.bench;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.HakmemException;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.spi.PoolBoxProvider;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hakmem compose}: what a profile and gates make. */
@Command(
    name = "compose",
    description = {
      "Prints the composition of a profile and gates, without running it.",
      "Example: hakmem compose --profile THROUGHPUT --json"
    },
    mixinStandardHelpOptions = true)
final class ComposeCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Mixin private GateOptions gates;

  @Override
  public Integer call() {
    try (HakAllocator allocator = SubjectKind.compose(gates.profile(), gates.gates())) {
      result.print(allocator.composition(), out -> print(allocator.composition(), out));
    }
    return 0;
  }

  private void print(Composition composition, PrintWriter out) {
    out.println(composition.toString().stripTrailing());
    for (PoolBoxProvider present : ServiceLoader.load(PoolBoxProvider.class)) {
      if (composition.box(present.name()).isEmpty()) {
        out.println("left out     " + leftOut(present));
      }
    }
  }

  /** What the box would be, and the flag that selects it, if one alone does. */
  private String leftOut(PoolBoxProvider box) {
    return box.gates().stream()
        .filter(gate -> gate.type() == Boolean.class)
        .map(gate -> takingPart(box.name(), gate.name()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> "%s at place %d".formatted(box.name(), box.place()));
  }

  private Optional<String> takingPart(String box, String gate) {
    Map<String, String> more = new LinkedHashMap<>(gates.gates());
    more.put(gate, "1");
    try (HakAllocator allocator = SubjectKind.compose(gates.profile(), more)) {
      return allocator.composition().box(box).map(part -> part + " with " + gate + "=1");
    } catch (HakmemException e) {
      return Optional.empty(); // Together with the others it would be refused.
    }
  }
}
