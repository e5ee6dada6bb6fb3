package io.hakmem.bench.option;

import static java.util.Objects.requireNonNullElse;

import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.fork.Parent;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session;
import io.hakmem.bench.measure.Session.Choice;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.report.TextReport;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of everything that measures. */
public final class MeasureOptions {

  @Mixin private GateOptions gates;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "150",
      description = "Rounds between the cold one and the measured ones (${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "11",
      description = "Measured rounds, of which the median counts (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--budget-ms",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "Ends warm-up and measured rounds early, after 1 and 3 (${DEFAULT-VALUE}).")
  private long budgetMs;

  @Option(
      names = "--warmup-ms",
      paramLabel = "MS",
      description = "Ends the warm-up early, instead of --budget-ms.")
  private @Nullable Long warmupMs;

  @Mixin private SubjectOption subject;

  @Option(names = "--peers", description = "Measure the peers too, each in its own JVM.")
  private boolean peers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "With peers: the JVMs of each subject, interleaved (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--beside",
      paramLabel = "PROFILE",
      description = "A second composition that lives in the same JVM and runs the load first.")
  private @Nullable String beside;

  public GateOptions gates() {
    return gates;
  }

  public SubjectKind subject() {
    return subject.kind();
  }

  public boolean isPeers() {
    return peers;
  }

  public int rounds() {
    return rounds;
  }

  public Plan plan() {
    return new Plan(warmup, runs, requireNonNullElse(warmupMs, budgetMs), budgetMs);
  }

  /** Measures a load, and prints the result. */
  public void measure(Workload load, Measure what, Filling filling, ResultOptions result)
      throws ExecutionException, IOException, InterruptedException {
    Report report = measured(load, what, filling, result);
    result.print(report, out -> TextReport.print(report, out));
  }

  /**
   * Measures a load, beside a second composition if one was asked for. A subject that needs options
   * of the JVM is measured in a JVM that has them.
   */
  public Report measured(Workload load, Measure what, Filling filling, ResultOptions result)
      throws ExecutionException, IOException, InterruptedException {
    return Parent.isFork() || subject.kind().hasItsJvmOptions()
        ? here(load, what, filling)
        : elsewhere(result);
  }

  private Report here(Workload load, Measure what, Filling filling) throws ExecutionException {
    String shown = subject.kind().isHakmem() ? gates.effectiveProfile() : "";
    Choice choice = new Choice(subject.kind(), gates.profile(), gates.gates(), shown);
    Session session = new Session(load, choice, what, plan(), filling);
    return beside == null ? session.run() : session.runBeside(beside);
  }

  private Report elsewhere(ResultOptions result) throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(result.arguments());
    if (!result.isJson()) {
      call.add("--json");
    }
    return new Fork(call, Map.of(), subject.kind().jvmOptions()).run();
  }

  /**
   * Refuses what cannot be measured, before any work.
   *
   * @param comparing whether the peers run too
   */
  public void check(boolean comparing, CallOptions call) {
    atLeast("--warmup", warmup, 0, call);
    atLeast("--runs", runs, 1, call);
    atLeast("--budget-ms", budgetMs, 1, call);
    atLeast("--warmup-ms", plan().warmupMs(), 1, call);
    atLeast("--rounds", rounds, 1, call);
    if (comparing && subject.kind() != SubjectKind.HAKMEM) {
      throw call.wrong(
          "--subject=" + subject.kind() + " is one of the peers, which run all together");
    }
    if (beside != null && (comparing || !subject.kind().isHakmem())) {
      throw call.wrong("--beside=" + beside + " is for one composition of HAKMEM beside another");
    }
    if (!subject.kind().isHakmem() && gates.isAnySet()) {
      throw call.wrong("--subject=" + subject.kind() + " takes neither --profile nor --set");
    }
  }

  private static void atLeast(String name, long value, int min, CallOptions call) {
    if (value < min) {
      throw call.wrong(name + "=" + value + " must be at least " + min);
    }
  }
}
