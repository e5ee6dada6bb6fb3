package io.hakmem.bench.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.measure.Session;
import io.hakmem.bench.measure.Session.Choice;
import io.hakmem.bench.measure.Session.Filling;
import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.subject.SubjectKind;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.verdict.Verdict;
import io.hakmem.bench.workload.Plan;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A search finds what is known of a program beforehand: here the only block size that it asks for.
 * The memory of a replay is measured, and is the same in each run; time is counted in processes.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's list of mappings is Linux'")
@Tag("slow")
final class ClassesFoundTest {

  private static final long SECOND = 1_000_000_000;
  private static final long BUDGET = 40 * SECOND;
  private static final int BLOCKS = 4000;
  private static final double SEARCHED = 0.7;

  /** Where the system makes huge pages by itself, residency is not exact. */
  private static final Configuration BASE =
      Configuration.parse(Side.A, "THROUGHPUT HAKMEM_HUGE_PAGES_FROM=1024GiB");

  private long nowNs;

  /** Blocks that live at once, of which some are freed and allocated again. */
  private static Events blocksOf(int bytes) {
    SplittableRandom random = new SplittableRandom(1);
    Events.Builder events = new Events.Builder();
    for (int slot = 0; slot < BLOCKS; slot++) {
      events.add(Kind.ALLOCATE, 0, slot, bytes, 0);
    }
    for (int i = 0; i < BLOCKS; i++) {
      int slot = random.nextInt(BLOCKS);
      events.add(Kind.FREE, 0, slot, 0, 0);
      events.add(Kind.ALLOCATE, 0, slot, bytes, 0);
    }
    return events.build();
  }

  private Report measured(Configuration configuration, Events events) {
    nowNs += SECOND;
    Choice choice =
        new Choice(SubjectKind.HAKMEM, configuration.profile(), configuration.gates(), "");
    Session session =
        new Session(
            Replay.onOneThread(events), choice, Measure.SPEED, new Plan(0, 1, 1), Filling.FILL);
    try {
      return session.run();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private TuneResult tuned(int bytes) throws Exception {
    Events all = blocksOf(bytes);
    int cut = (int) (all.size() * SEARCHED);
    Events searched = all.part(0, cut);
    Events heldBack = all.part(cut, all.size());
    FittedClasses fitted = new FittedClasses();
    fitted.add(searched);
    assertThat(fitted.text(8).split(",", -1)).contains(Integer.toString(bytes));
    return new Tuner(Objective.MEMORY, BASE, 1, () -> nowNs, _ -> {})
        .run(
            Candidates.around(BASE, fitted),
            BUDGET,
            (configuration, _, isHeldBack) ->
                measured(configuration, isHeldBack ? heldBack : searched));
  }

  private static String[] classes(TuneResult result) {
    return result.settings().getOrDefault("HAKMEM_POOL_CLASSES", "").split(",", -1);
  }

  /** The next of the fine sizes is 1152, which wastes a ninth. */
  @Test
  void memory_ofBlocksBetweenTwoClasses_isSavedByAClassOfTheirSize() throws Exception {
    TuneResult result = tuned(1040);
    assertThat(result.verdict()).isEqualTo(Verdict.GO);
    assertThat(result.recommended()).contains("HAKMEM_POOL_CLASSES=");
    assertThat(classes(result)).contains("1040").doesNotContain("1152");
    assertThat(result.heldBack().getFirst().leanness().median()).isBetween(1.05, 1.2);
  }

  @Test
  void memory_ofBlocksThatAClassFits_isThatOfTheBase() throws Exception {
    TuneResult result = tuned(1024);
    if (result.verdict() == Verdict.GO) {
      assertThat(classes(result)).contains("1024");
    } else {
      assertThat(result.conclusion())
          .isEqualTo(
              "Nothing is better than "
                  + BASE.text()
                  + " by the objective memory beyond the noise: keep it.");
    }
  }
}
