package io.hakmem.bench.reproduce;

import io.hakmem.SettingsException;
import io.hakmem.bench.compare.AbRounds;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.profile.Profiler;
import io.hakmem.bench.profile.SelfTimes;
import io.hakmem.bench.reproduce.Phase.Extra;
import io.hakmem.bench.reproduce.PhaseResult.Asked;
import io.hakmem.bench.reproduce.PhaseResult.CrashTest;
import io.hakmem.bench.reproduce.PhaseResult.Row;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures phases; what fails is a failed row, and the rest goes on. */
final class PhaseRun {

  private static final int WARMUP_ROUNDS = 150;
  private static final int MEASURED_ROUNDS = 11;
  private static final int SAMPLED_BUDGETS = 4;
  private static final String C7_SAFE = "HAKMEM_TINY_HEAP_PROFILE=C7_SAFE";

  private final Schedule schedule;
  private final int mostOps;
  private final Consumer<String> progress;
  private final Map<Object, List<Measured>> done = new LinkedHashMap<>();

  /** No fork makes more operations in a round than {@code mostOps}. */
  PhaseRun(Schedule schedule, int mostOps, Consumer<String> progress) {
    this.schedule = schedule;
    this.mostOps = mostOps;
    this.progress = progress;
  }

  /** A comparison, or why there is none. */
  private record Measured(@Nullable Comparison comparison, String failure) {}

  /** Measures a phase. */
  PhaseResult run(Phase phase) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Baseline each : phase.baselines()) {
      Baseline baseline = bounded(each);
      List<Measured> measured = done.get(baseline.key());
      if (measured == null) {
        measured = measure(phase, baseline);
        done.put(baseline.key(), measured);
      }
      for (int i = 0; i < measured.size(); i++) {
        rows.add(row(phase, baseline, baseline.variants().get(i), measured.get(i)));
      }
    }
    return new PhaseResult(
        phase.name(),
        phase.question(),
        phase.original(),
        phase.note(),
        null,
        rows,
        phase.has(Extra.HOT_SYMBOLS) ? hotSymbols(bounded(phase.baselines().getFirst())) : null,
        phase.has(Extra.CRASH_TEST) ? crashTest() : null);
  }

  private Baseline bounded(Baseline baseline) {
    return baseline.withOps(Math.min(baseline.ops(), mostOps));
  }

  private List<Measured> measure(Phase phase, Baseline baseline)
      throws IOException, InterruptedException {
    List<Measured> prepared = new ArrayList<>();
    for (Variant variant : baseline.variants()) {
      prepared.add(prepare(baseline, variant));
    }
    List<Comparison> comparisons =
        prepared.stream().map(Measured::comparison).filter(Objects::nonNull).toList();
    if (!comparisons.isEmpty()) {
      new AbRounds(
              configuration -> fork(baseline, configuration, schedule.budgetMs(), List.of()),
              schedule.rounds(),
              step -> progress.accept(phase.name() + ", " + step))
          .run(comparisons);
    }
    return prepared.stream().map(PhaseRun::checked).toList();
  }

  /** Composes once here: what is refused costs no fork. */
  private static Measured prepare(Baseline baseline, Variant variant) {
    try {
      Configuration ofA = composed(baseline.configuration());
      return new Measured(new Comparison(ofA, composed(variant.configuration())), "");
    } catch (SettingsException e) {
      return new Measured(null, oneLine(e));
    }
  }

  private static Configuration composed(Configuration configuration) {
    if (!configuration.isPeer()) {
      SubjectKind.compose(configuration.profile(), configuration.gates()).close();
    }
    return configuration;
  }

  private static Measured checked(Measured measured) {
    Comparison comparison = measured.comparison();
    if (comparison == null) {
      return measured;
    }
    try {
      comparison.checkRounds();
      return measured;
    } catch (CommandFailure e) {
      return new Measured(null, oneLine(e));
    }
  }

  private static Report fork(
      Baseline baseline, Configuration configuration, int budgetMs, List<String> jvmOptions)
      throws IOException, InterruptedException {
    Load load = baseline.load();
    List<String> call = new ArrayList<>(load.call());
    call.add("--budget-ms=" + budgetMs);
    call.add("--warmup=" + baseline.scaled(WARMUP_ROUNDS));
    call.add("--runs=" + baseline.scaled(MEASURED_ROUNDS));
    call.add("--json");
    call.addAll(configuration.options());
    return new Fork(call, load.environment(), jvmOptions).run();
  }

  private static Row row(Phase phase, Baseline baseline, Variant variant, Measured measured) {
    Comparison comparison = measured.comparison();
    String workload = baseline.load().title();
    String figures = variant.original().figures();
    if (comparison == null) {
      Asked asked = new Asked(workload, baseline.text(), variant.text());
      return new PhaseResult.Failed(
          variant.label(), baseline.label(), figures, asked, measured.failure());
    }
    ComparisonResult result = ComparisonResult.of(workload, comparison);
    Claim claim = variant.original().claim();
    return new PhaseResult.Measured(
        variant.label(),
        baseline.label(),
        figures,
        result,
        baseline.ops(),
        comparison.evidence(Side.A),
        comparison.evidence(Side.B),
        claim.conclusion(result.verdict(), comparison.steadyRatio().median()),
        phase.has(Extra.COLD)
            ? claim.conclusion(result.coldVerdict(), comparison.coldRatio().median())
            : null);
  }

  private SelfTimes hotSymbols(Baseline baseline) throws IOException, InterruptedException {
    progress.accept("hot symbols");
    try {
      Profiler profiler = new Profiler();
      Configuration configuration = composed(baseline.configuration());
      int budgetMs = SAMPLED_BUDGETS * schedule.budgetMs();
      fork(baseline, configuration, budgetMs, profiler.jvmOptions());
      return profiler.read();
    } catch (CommandFailure | SettingsException e) {
      return SelfTimes.failed(oneLine(e));
    }
  }

  private CrashTest crashTest() throws IOException, InterruptedException {
    progress.accept("crash test");
    Baseline baseline = bounded(Baseline.standard("c6", "C7_SAFE", C7_SAFE));
    try {
      fork(baseline, composed(baseline.configuration()), 1, List.of());
      return new CrashTest(C7_SAFE, "no crash: the fork ended with 0", null);
    } catch (CommandFailure | SettingsException e) {
      return new CrashTest(C7_SAFE, null, oneLine(e));
    }
  }

  private static String oneLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
