package io.hakmem.bench.command;

import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.GateOptions;
import io.hakmem.bench.option.LoadOptions;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.option.SubjectOption;
import io.hakmem.bench.option.WrittenFile;
import io.hakmem.bench.profile.Profiler;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem profile}: where a load spends its time. */
@Command(
    name = "profile",
    description = {
      "Draws a flame graph of where a load spends its time.",
      "It measures one subject under a load in a JVM with async-profiler. The graph shows "
          + "the CPU time of all threads, on a page that needs no other file. A profiled run is "
          + "slower; take figures from other commands.",
      "Example: hakmem profile --workload mixed --profile THROUGHPUT --html flame.html"
    },
    mixinStandardHelpOptions = true)
public final class ProfileCommand implements Callable<Integer> {

  @Mixin private ResultOptions result;

  @Mixin private GateOptions gates;

  @Mixin private LoadOptions load;

  @Mixin private SubjectOption subject;

  @Option(
      names = "--budget-ms",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "Time for the warm-up, and for what is measured (${DEFAULT-VALUE}).")
  private int budgetMs;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      required = true,
      description = "Where the flame graph is written.")
  private Path html;

  @Override
  public Integer call() throws IOException, InterruptedException {
    result.check("--budget-ms", budgetMs, 1, CallOptions.MAX_BUDGET_MS);
    load.load(result);
    load.checkTrace(result);
    if (subject.kind().isHakmem()) {
      SubjectKind.check(gates.profile(), gates.gates());
    }
    result.checkWritable("--html", html);
    Profiler profiler = new Profiler();
    List<String> options = new ArrayList<>(subject.kind().jvmOptions());
    options.addAll(profiler.flameGraphOptions());
    Report report = new Fork(arguments(), Map.of(), options).run();
    byte[] page = profiler.readFlameGraph();
    WrittenFile.write("--html", html, file -> Files.write(file, page));
    result.print(
        report,
        out ->
            out.printf(
                "%s under %s: %.1f M ops/s while it was profiled; flame graph in %s%n",
                subject.kind(), load.name(), report.steadyMops(), html));
    return 0;
  }

  private List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "measure",
                "--workload=" + load.name(),
                "--threads=" + load.threads(),
                "--subject=" + subject.kind(),
                "--budget-ms=" + budgetMs,
                "--json"));
    if (subject.kind().isHakmem()) {
      arguments.addAll(GateOptions.options(gates.profile(), gates.gates()));
    }
    return arguments;
  }
}
