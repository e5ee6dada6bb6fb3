package io.hakmem.bench.reproduce;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.profile.SelfTimes;
import io.hakmem.bench.subject.SubjectKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a phase.
 *
 * @param failed why nothing of it could be measured, or null
 */
public record PhaseResult(
    String name,
    String question,
    String original,
    @Nullable String note,
    @Nullable String failed,
    List<Row> rows,
    @Nullable SelfTimes hotSymbols,
    @Nullable CrashTest crashTest) {

  /** A variant beside its baseline. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = Measured.class)
  @JsonSubTypes({@JsonSubTypes.Type(Measured.class), @JsonSubTypes.Type(Failed.class)})
  public sealed interface Row {
    /** What people call the variant. */
    String label();

    /** What people call the baseline. */
    String baseline();

    /** What the original measured. */
    String original();

    /** What was run. */
    String workload();
  }

  /**
   * A row with figures.
   *
   * @param ops the operations of each thread in a round
   * @param evidenceA the counters that show what ran
   * @param evidenceB the same of the variant
   * @param conclusion whether the original's conclusion holds
   * @param coldConclusion the same of the first rounds, where they are judged
   */
  public record Measured(
      String label,
      String baseline,
      String original,
      @JsonUnwrapped ComparisonResult result,
      int ops,
      @Nullable String evidenceA,
      @Nullable String evidenceB,
      @Nullable String conclusion,
      @Nullable String coldConclusion)
      implements Row {

    @Override
    public String workload() {
      return result.workload();
    }

    /** The subject that takes the place of the variant, or empty where a change does. */
    public Optional<SubjectKind> peer() {
      String configuration = result.b().configuration();
      return Stream.of(SubjectKind.values())
          .filter(kind -> kind.toString().equals(configuration))
          .findFirst();
    }
  }

  /** A row that could not be measured. */
  public record Failed(
      String label, String baseline, String original, @JsonUnwrapped Asked asked, String failed)
      implements Row {

    @Override
    public String workload() {
      return asked.workload;
    }
  }

  /** What a row was to compare. */
  public record Asked(
      String workload, @Nullable String configurationA, @Nullable String configurationB) {}

  /** Whether a configuration ran. */
  public record CrashTest(String configuration, @Nullable String result, @Nullable String failed) {}

  /** True when any part of it could not be measured. */
  public boolean isFailed() {
    return failed != null
        || rows.stream().anyMatch(Failed.class::isInstance)
        || (hotSymbols != null && hotSymbols.failed() != null)
        || (crashTest != null && crashTest.failed() != null);
  }
}
