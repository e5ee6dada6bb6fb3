package io.hakmem.bench.reproduce;

import io.hakmem.bench.result.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Phases that are measured one after the other into one report.
 *
 * @param phases what is measured
 * @param schedule how often
 * @param mostOps the most operations of a round
 */
public record Reproduction(List<Phase> phases, Schedule schedule, int mostOps) {

  /**
   * What came of it.
   *
   * @param folder where it was written, or null
   */
  public record Result(
      @Nullable Machine machine,
      Schedule.@Nullable Planned plan,
      List<PhaseResult> phases,
      @Nullable String folder) {

    /** Whether anything could not be measured. */
    public boolean isFailed() {
      return phases.stream().anyMatch(PhaseResult::isFailed);
    }

    /** The same, written to a folder. */
    public Result in(String name) {
      return new Result(machine, plan, phases, name);
    }
  }

  /** Measures; the steps are told before each fork, and each phase when it is done. */
  public Result run(Consumer<String> step, Consumer<PhaseResult> done) throws InterruptedException {
    Machine machine = Machine.now();
    List<PhaseResult> results = new ArrayList<>();
    PhaseRun run = new PhaseRun(schedule, mostOps, step);
    for (Phase phase : phases) {
      PhaseResult result = result(run, phase);
      results.add(result);
      done.accept(result);
    }
    return new Result(machine, schedule.planned(), results, null);
  }

  private static PhaseResult result(PhaseRun run, Phase phase) throws InterruptedException {
    try {
      return run.run(phase);
    } catch (IOException | RuntimeException e) {
      return new PhaseResult(
          phase.name(),
          phase.question(),
          phase.original(),
          null,
          e.toString(),
          List.of(),
          null,
          null);
    }
  }
}
