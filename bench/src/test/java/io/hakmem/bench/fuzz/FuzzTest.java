package io.hakmem.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A minute of the fuzzer; {@code -Dfuzz.seed=N} repeats one, as far as threads can be repeated. */
final class FuzzTest {

  private static final long SEED =
      Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong());
  private static final long SECONDS = Long.getLong("fuzz.seconds", 60);

  @Test
  void fuzz_aMinuteOfAllProfilesAndSources_findsNoFault() throws InterruptedException {
    Fuzz.Progress result =
        new Fuzz(SEED, 2, null)
            .run(Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(SECONDS), progress -> {});
    assertThat(result.operations()).as("%s", result).isPositive();
    assertThat(result.refusedFrees()).as("%s", result).isPositive();
  }

  @Test
  void fuzz_sameSeedAlone_makesTheSameCalls() throws InterruptedException {
    Fuzz.Progress once = new Fuzz(7, 1, "LEGACY").run(30_000, Long.MAX_VALUE, progress -> {});
    Fuzz.Progress again = new Fuzz(7, 1, "LEGACY").run(30_000, Long.MAX_VALUE, progress -> {});
    assertThat(again.refusedFrees()).isEqualTo(once.refusedFrees()).isPositive();
    assertThat(again.operations()).isEqualTo(once.operations()).isEqualTo(30_000);
  }

  @Test
  void gates_overManyRounds_areEveryProfileOverBothSources() {
    SplittableRandom random = new SplittableRandom(1);
    Set<String> seen = new HashSet<>();
    for (int round = 0; round < 2 * Gates.PROFILES.size(); round++) {
      Map<String, String> gates = Gates.of(round, random, null);
      seen.add(gates.get("HAKMEM_PROFILE") + " " + gates.get("HAKMEM_PAGE_SOURCE"));
    }
    assertThat(seen).hasSize(2 * Gates.PROFILES.size());
  }
}
