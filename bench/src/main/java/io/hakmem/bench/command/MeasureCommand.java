package io.hakmem.bench.command;

import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.option.LoadOptions;
import io.hakmem.bench.option.MeasureOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.workload.Workload;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem measure}: one subject under one load, in this JVM. */
@Command(
    name = "measure",
    description = {
      "Measures one subject under a load of the catalogue.",
      "It measures the speed, the time of each allocation, or the memory that the subject "
          + "takes. A subject that needs options of the JVM is measured in a JVM that has them.",
      "'hakmem peers' measures all subjects, and lists the loads.",
      "Example: hakmem measure --workload larson --threads 2 --measure latency"
    },
    mixinStandardHelpOptions = true)
public final class MeasureCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Mixin private MeasureOptions options;

  @Mixin private LoadOptions load;

  @Option(
      names = "--measure",
      paramLabel = "WHAT",
      defaultValue = "speed",
      description = "speed, latency or memory (${DEFAULT-VALUE}).")
  private String measure;

  @Override
  public Integer call() throws Exception {
    options.check(false, result);
    if (options.isPeers()) {
      throw result.wrong("--peers: this measures one subject; 'hakmem peers' measures all");
    }
    Workload chosen = load.load(result);
    Measure what = result.ofOption(() -> Measure.of(measure));
    options.measure(chosen, what, Filling.NONE, result);
    return 0;
  }
}
