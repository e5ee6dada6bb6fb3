package io.hakmem.bench.reproduce;

import static java.util.Objects.requireNonNull;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.reproduce.PhaseResult.Failed;
import io.hakmem.bench.reproduce.PhaseResult.Measured;
import io.hakmem.bench.reproduce.PhaseResult.Row;
import io.hakmem.bench.verdict.Estimate;
import io.hakmem.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the four configurations of phase 82-final to take, by workload and length. */
public final class Recommendation {

  private static final String BASELINE = "baseline";
  private static final String KEEP = "keep the default";

  /** The phases that the recommendation reads. */
  public static final List<String> PHASES = List.of("82-final", "82-final-mixed");

  private final Map<String, List<Row>> groups = new LinkedHashMap<>();
  private final Set<String> absent = new LinkedHashSet<>(PHASES);

  /**
   * What to take under a workload.
   *
   * @param failed why it could not be measured, or null
   * @param absent how it is measured, if it was not, or null
   * @param original what the original recommends
   */
  public record Advice(
      String workload,
      @Nullable String failed,
      @Nullable String absent,
      @Nullable String original,
      @Nullable Choice cold,
      @Nullable Choice steady) {}

  /** The best median, and what follows; the verdict is null where the baseline is the best. */
  public record Choice(String best, double mops, @Nullable Verdict verdict, String advice) {}

  /** Reads the rows of a report; others than those of {@link #PHASES} say nothing here. */
  public Recommendation(Reproduction.Result report) {
    for (PhaseResult phase : report.phases()) {
      if (absent.remove(phase.name())) {
        phase.rows().forEach(this::add);
      }
    }
  }

  private void add(Row row) {
    groups.computeIfAbsent(row.workload(), _ -> new ArrayList<>()).add(row);
  }

  /** False when the report has none of the rows. */
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** True when a row that counts could not be measured. */
  public boolean isIncomplete() {
    return groups.values().stream().flatMap(List::stream).anyMatch(Failed.class::isInstance);
  }

  /** One entry for each workload and length, and for each phase that the report does not have. */
  public List<Advice> advice() {
    List<Advice> all = new ArrayList<>();
    groups.forEach((workload, rows) -> all.add(advice(workload, rows)));
    for (String phase : absent) {
      String remedy = "measure it with: hakmem reproduce " + phase;
      all.add(new Advice(phase, null, remedy, null, null, null));
    }
    return all;
  }

  private static Advice advice(String workload, List<Row> rows) {
    List<Measured> measured =
        rows.stream().filter(Measured.class::isInstance).map(Measured.class::cast).toList();
    if (measured.isEmpty()) {
      String failed = rows.getFirst() instanceof Failed row ? row.failed() : "";
      return new Advice(workload, failed, null, null, null, null);
    }
    return new Advice(
        workload,
        null,
        null,
        original(measured.getFirst()),
        choice(measured, true),
        choice(measured, false));
  }

  private static String original(Measured row) {
    if (!row.workload().startsWith("c6")) {
      return "-";
    }
    return row.ops() <= 10_000 ? "zero header" : "both";
  }

  private static Choice choice(List<Measured> rows, boolean cold) {
    double ofBaseline = mops(rows.getFirst().result().a(), cold);
    Measured best =
        rows.stream()
            .max(Comparator.comparingDouble(row -> mops(row.result().b(), cold)))
            .orElseThrow();
    double most = mops(best.result().b(), cold);
    if (most <= ofBaseline) {
      return new Choice(BASELINE, ofBaseline, null, "none is faster than the baseline: " + KEEP);
    }
    ComparisonResult result = best.result();
    Verdict verdict = cold ? result.coldVerdict() : result.verdict();
    Estimate ratio = cold ? result.b().cold() : result.b().steady();
    return new Choice(
        best.label(), most, verdict, advice(best.label(), verdict, requireNonNull(ratio)));
  }

  private static double mops(ComparisonResult.Measured side, boolean cold) {
    return cold ? side.coldMops() : side.steadyMops();
  }

  private static String advice(String best, Verdict verdict, Estimate ratio) {
    return switch (verdict) {
      case GO -> String.format(Locale.ROOT, "%s (%+.1f %%)", best, (ratio.median() - 1) * 100);
      case VOID -> "nothing: the measurement is void, " + KEEP;
      case TOO_FEW -> "nothing: " + verdict.meaning() + ", " + KEEP;
      case NEUTRAL, NO_GO -> "no difference, " + KEEP;
    };
  }
}
