package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The build has initialised every class, so that no first call can break one. */
@Tag("slow")
final class FirstCallTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allocate",
        "reallocate",
        "segment",
        "stats",
        "liveBytes",
        "boxLines",
        "aligned",
        "grown",
        "refused",
        "collect",
        "trim"
      })
  void firstCall_atTheEndOfTheStack_breaksNoLaterCall(String call) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(folder, FirstCallProgram.class, call, "-XX:TieredStopAtLevel=1");
    assertThat(outcome.out()).endsWith(FirstCallProgram.HELD + "\n");
    assertThat(outcome.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stats", "budget", "gates", "samples", "bean", "config"})
  void firstUse_atTheEndOfTheStack_breaksNoLaterUse(String use) throws Exception {
    Path file = folder.resolve("first.properties");
    Files.writeString(file, "HAKMEM_DECAY_MS=100\n");
    String argument = use.equals("config") ? use + "=" + file : use;
    ChildJvm.Outcome outcome =
        ChildJvm.run(folder, FirstUseProgram.class, argument, "-XX:TieredStopAtLevel=1");
    assertThat(outcome.out()).endsWith(FirstUseProgram.HELD + "\n");
    assertThat(outcome.exit()).isZero();
  }
}
