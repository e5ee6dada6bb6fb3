package io.hakmem.bench.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import io.hakmem.bench.compare.AbRounds;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.ComparisonTable;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.reproduce.Phase.Extra;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures phases; what fails is a failed row, and the rest goes on. */
final class PhaseRun {

  /** Marks a row that could not be measured, with the reason. */
  static final String FAILED = "failed";

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

  /** Measures a phase and says in JSON's terms what came of it. */
  Map<String, Object> run(Phase phase) throws IOException, InterruptedException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", phase.name());
    fields.put("question", phase.question());
    fields.put("original", phase.original());
    fields.put("note", phase.note());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Contest contest : phase.contests()) {
      Contest bounded = contest.withOps(Math.min(contest.ops(), mostOps));
      rows.addAll(rows(phase, bounded, done.computeIfAbsent(bounded.key(), _ -> List.of())));
    }
    fields.put("rows", rows);
    if (phase.has(Extra.HOT_SYMBOLS)) {
      fields.put("hot_symbols", hotSymbols(phase.contests().getFirst()));
    }
    if (phase.has(Extra.CRASH_TEST)) {
      fields.put("crash_test", crashTest());
    }
    return fields;
  }

  private List<Map<String, Object>> rows(Phase phase, Contest contest, List<Measured> known)
      throws IOException, InterruptedException {
    List<Measured> measured = known.isEmpty() ? measure(phase, contest) : known;
    done.put(contest.key(), measured);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      rows.add(row(phase, contest, contest.variants().get(i), measured.get(i)));
    }
    return rows;
  }

  private List<Measured> measure(Phase phase, Contest contest)
      throws IOException, InterruptedException {
    List<Measured> prepared = new ArrayList<>();
    for (Variant variant : contest.variants()) {
      prepared.add(prepare(contest, variant));
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Measured each : prepared) {
      if (each.comparison() != null) {
        comparisons.add(each.comparison());
      }
    }
    if (!comparisons.isEmpty()) {
      new AbRounds(
              configuration -> fork(contest, configuration),
              schedule.rounds(),
              step -> progress.accept(phase.name() + ", " + step))
          .run(comparisons);
    }
    return prepared.stream().map(PhaseRun::checked).toList();
  }

  /** Composes once here: what is refused costs no fork. */
  private static Measured prepare(Contest contest, Variant variant) {
    try {
      Configuration baseline = composed(contest.baseline());
      return new Measured(new Comparison(baseline, composed(variant.configuration())), "");
    } catch (SettingsException e) {
      return new Measured(null, oneLine(e));
    }
  }

  private static Configuration composed(Configuration configuration) {
    if (!configuration.isPeer()) {
      HakAllocator.Builder builder = HakAllocator.builder();
      if (configuration.profile() != null) {
        builder.profile(configuration.profile());
      }
      configuration.gates().forEach(builder::set);
      builder.build().close();
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

  private JsonNode fork(Contest contest, Configuration configuration)
      throws IOException, InterruptedException {
    return fork(contest, configuration, schedule.budgetMs(), List.of());
  }

  private static JsonNode fork(
      Contest contest, Configuration configuration, int budgetMs, List<String> jvmOptions)
      throws IOException, InterruptedException {
    Load load = contest.load();
    List<String> call = new ArrayList<>(load.call());
    call.add("--budget-ms=" + budgetMs);
    call.add("--warmup=" + contest.scaled(WARMUP_ROUNDS));
    call.add("--runs=" + contest.scaled(MEASURED_ROUNDS));
    call.add("--json");
    call.addAll(configuration.options());
    return new Fork(call, load.environment(), jvmOptions).run();
  }

  private static Map<String, Object> row(
      Phase phase, Contest contest, Variant variant, Measured measured) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("label", variant.label());
    row.put("baseline", contest.label());
    row.put("original", variant.original().figures());
    Comparison comparison = measured.comparison();
    if (comparison == null) {
      row.put("workload", contest.load().title());
      row.put("configuration_a", contest.text());
      row.put("configuration_b", variant.text());
      row.put(FAILED, measured.failure());
      return row;
    }
    new ComparisonTable(contest.load().title(), comparison)
        .fields()
        .forEach(
            (name, value) -> {
              if (value != null) {
                row.put(name, value);
              }
            });
    row.put("ops", contest.ops());
    row.put("evidence_a", comparison.evidence(Side.A));
    row.put("evidence_b", comparison.evidence(Side.B));
    Claim claim = variant.original().claim();
    row.put("conclusion", claim.conclusion(comparison.verdict(), comparison.steadyRatio()));
    if (phase.has(Extra.COLD)) {
      row.put(
          "cold_conclusion", claim.conclusion(comparison.coldVerdict(), comparison.coldRatio()));
    }
    return row;
  }

  private Map<String, Object> hotSymbols(Contest contest) throws IOException, InterruptedException {
    progress.accept("hot symbols");
    try (Profiler profiler = new Profiler()) {
      Contest bounded = contest.withOps(Math.min(contest.ops(), mostOps));
      fork(
          bounded,
          composed(contest.baseline()),
          SAMPLED_BUDGETS * schedule.budgetMs(),
          profiler.jvmOptions());
      return profiler.read().fields();
    } catch (CommandFailure | SettingsException e) {
      return Map.of(FAILED, oneLine(e));
    }
  }

  private Map<String, Object> crashTest() throws IOException, InterruptedException {
    progress.accept("crash test");
    Contest contest =
        Contest.standard("c6", "C7_SAFE", C7_SAFE).withOps(Math.min(1_000_000, mostOps));
    try {
      fork(contest, composed(contest.baseline()), 1, List.of());
      return Map.of("configuration", C7_SAFE, "result", "no crash: the fork ended with 0");
    } catch (CommandFailure | SettingsException e) {
      return Map.of("configuration", C7_SAFE, FAILED, oneLine(e));
    }
  }

  private static String oneLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
