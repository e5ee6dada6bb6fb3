package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.fuzz.FuzzException;
import io.hakmem.fuzz.errors.ErrorFuzz;
import io.hakmem.fuzz.errors.Scarce;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What of {@code hakmem fuzz} needs a JVM of its own; {@code -Dfuzz.seed=N} repeats a run. */
@Tag("slow")
final class FuzzCommandTest {

  private static final long SEED =
      Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong());
  private static final int ROUND = 2;

  @Test
  void fuzz_callsCutOffAtTheEndOfTheJavaHeap_loseNothing() throws Exception {
    ErrorFuzz.Progress made =
        new ErrorFuzz(SEED, "LEGACY", Scarce.HEAP, new FuzzFork()).repeat(ROUND);
    assertThat(made.cutAtHeapEnd() + made.refusedCompositions()).as("%s", made).isPositive();
    assertThat(made.seed()).isEqualTo(SEED);
    assertThat(made.rounds()).isEqualTo(1);
  }

  @Test
  void fuzz_otherJvmThatFails_saysWhatItSaid() {
    assertThatThrownBy(() -> new FuzzFork().play(7, ROUND, "NONE"))
        .isInstanceOf(FuzzException.class)
        .hasMessageContaining("HAKMEM_PROFILE=NONE");
  }

  @Test
  void errors_scarceBox_playsRoundsOfThatKindAlone() throws IOException {
    JsonNode made =
        CommandRun.json(
            "fuzz", "--errors", "--json", "--scarce=BOX", "--seed=7", "--operations=2000");
    assertThat(made.get("thrownByBox").asLong()).isPositive();
    assertThat(made.get("thrownBySource").asLong()).isZero();
    assertThat(made.get("cutAtStackEnd").asLong()).isZero();
  }

  @Test
  void errors_json_hasTheFieldsOfTheRun() throws IOException {
    JsonNode made = CommandRun.json("fuzz", "--errors", "--json", "--seed=7", "--round=0");
    assertThat(made.get("seed").asLong()).isEqualTo(7);
    assertThat(made.get("cutAtStackEnd").asLong()).isPositive();
  }
}
