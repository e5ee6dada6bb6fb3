package io.hakmem.bench.sweep;

import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.PageOptions;
import io.hakmem.bench.option.RoundOptions;
import io.hakmem.bench.option.WrittenFile;
import io.hakmem.bench.subject.SubjectKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem sweep}: which value of a gate is best. */
@Command(
    name = "sweep",
    description = {
      "Measures the values of one gate, or the combinations of two.",
      "The rounds are rotated. Each combination is compared with the first one, which is "
          + "measured once more as control. The verdicts are those of 'hakmem ab'.",
      "Example: hakmem sweep HAKMEM_HEAP_PREFILL=0,1 --workload mixed --html sweep.html"
    },
    mixinStandardHelpOptions = true)
public final class SweepCommand implements Callable<Integer> {

  private static final int MOST_GATES = 2;
  private static final int MOST_POINTS = 64;

  @Mixin private PageOptions result;

  @Mixin private GateOptions gates;

  @Mixin private RoundOptions rounds;

  @Parameters(
      paramLabel = "GATE=v1,v2",
      arity = "1..*",
      description = "A gate and its values; the first is what the others are compared with.")
  private List<String> texts = new ArrayList<>();

  @Option(names = "--csv", paramLabel = "FILE", description = "Also write the figures as a table.")
  private @Nullable Path csv;

  @Override
  public Integer call() throws Exception {
    Load chosen = rounds.load(result);
    List<SweptGate> swept = result.accepted(this::swept);
    List<List<String>> combinations = SweptGate.combinations(swept);
    List<Comparison> comparisons = comparisons(swept, combinations);
    rounds.checkTrace(result);
    result.checkPage();
    result.checkWritable("--csv", csv);
    rounds.run(chosen, comparisons);
    List<String> names = swept.stream().map(SweptGate::name).toList();
    SweepResult measured =
        SweepResult.of(chosen.title(), names, rounds.runs(), combinations, comparisons);
    SweepPage page = new SweepPage(measured);
    try {
      result.print(measured, page::print, () -> page.page(result.provenance()));
    } finally {
      if (csv != null) {
        WrittenFile.write("--csv", csv, page.csv());
      }
    }
    return 0;
  }

  private List<SweptGate> swept() {
    List<SweptGate> swept = texts.stream().map(SweptGate::parse).toList();
    if (swept.size() > MOST_GATES) {
      throw new IllegalArgumentException(
          swept.size() + " gates; at most " + MOST_GATES + " can be swept at once");
    }
    if (swept.stream().map(SweptGate::name).distinct().count() < swept.size()) {
      throw new IllegalArgumentException(swept.getFirst().name() + " is named twice");
    }
    int points = swept.stream().mapToInt(gate -> gate.values().size()).reduce(1, (a, b) -> a * b);
    if (points < 2 || points > MOST_POINTS) {
      throw new IllegalArgumentException(
          points + " combinations of values; from 2 to " + MOST_POINTS + " can be swept");
    }
    return swept;
  }

  private List<Comparison> comparisons(List<SweptGate> swept, List<List<String>> combinations) {
    List<Configuration> points = new ArrayList<>();
    for (List<String> values : combinations) {
      List<String> words = new ArrayList<>();
      if (gates.profile() != null) {
        words.add(gates.profile());
      }
      gates.gates().forEach((gate, value) -> words.add(gate + "=" + value));
      for (int i = 0; i < values.size(); i++) {
        words.add(swept.get(i).name() + "=" + values.get(i));
      }
      points.add(checked(String.join(" ", words)));
    }
    return points.stream()
        .skip(1)
        .map(point -> new Comparison(points.getFirst(), point, SweepResult.rule(points.size())))
        .toList();
  }

  private static Configuration checked(String text) {
    Configuration configuration = Configuration.parse("sweep", text);
    SubjectKind.check(configuration.profile(), configuration.gates());
    return configuration;
  }
}
