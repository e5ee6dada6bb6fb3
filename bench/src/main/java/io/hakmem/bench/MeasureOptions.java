package io.hakmem.bench;

import static java.util.Objects.requireNonNullElse;

import io.hakmem.bench.peer.SubjectKind;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of everything that measures. */
final class MeasureOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      defaultValue = "hakmem",
      description = "What to measure: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private SubjectKind subject;

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

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  GateOptions gates() {
    return gates;
  }

  SubjectKind subject() {
    return subject;
  }

  /** The profile that counts; null for a subject that takes none, and where there is none. */
  @Nullable String profile() {
    String profile = subject.isHakmem() ? gates.effectiveProfile() : "";
    return profile.isEmpty() ? null : profile;
  }

  boolean isJson() {
    return json;
  }

  boolean isPeers() {
    return peers;
  }

  int rounds() {
    return rounds;
  }

  Plan plan() {
    return new Plan(warmup, runs, requireNonNullElse(warmupMs, budgetMs), budgetMs);
  }

  /** Measures a load, with the neighbour alive if one was asked for. */
  Map<String, Object> measure(Workload load, Callable<Map<String, Object>> measured)
      throws Exception {
    return beside == null ? measured.call() : new Neighbour(beside, load, plan()).beside(measured);
  }

  /**
   * Refuses what cannot be measured, before any work.
   *
   * @param comparing whether the peers run too
   */
  void check(boolean comparing) {
    atLeast("--warmup", warmup, 0);
    atLeast("--runs", runs, 1);
    atLeast("--budget-ms", budgetMs, 1);
    atLeast("--warmup-ms", plan().warmupMs(), 1);
    atLeast("--rounds", rounds, 1);
    if (comparing && subject != SubjectKind.HAKMEM) {
      throw wrong("--subject=" + subject + " is one of the peers, which run all together");
    }
    if (beside != null && (comparing || !subject.isHakmem())) {
      throw wrong("--beside=" + beside + " is for one composition of HAKMEM beside another");
    }
    if (!subject.isHakmem() && gates.isAnySet()) {
      throw wrong("--subject=" + subject + " takes neither --profile nor --set");
    }
  }

  /** What a fork of the same command must be told. */
  List<String> forkOptions() {
    Plan plan = plan();
    return List.of(
        "--warmup=" + plan.warmup(),
        "--runs=" + plan.runs(),
        "--warmup-ms=" + plan.warmupMs(),
        "--budget-ms=" + plan.budgetMs());
  }

  private void atLeast(String name, long value, int min) {
    if (value < min) {
      throw wrong(name + "=" + value + " must be at least " + min);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
