package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HakmemCommandTest {

  @Test
  void version_always_isThatOfTheBuild() {
    assertThat(CommandRun.of("--version").out()).matches("hakmem \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void compose_unknownGate_isRefusedWithTheNearest() {
    CommandRun.of("compose", "--set", "HAKMEM_POOL_ZERO_MOD=off")
        .assertRefused(2, "HAKMEM_POOL_ZERO_MODE");
  }

  @Test
  void compose_setGate_isInTheComposition() {
    assertThat(CommandRun.of("compose", "--set", "HAKMEM_DECAY_MS=77").out())
        .contains("HAKMEM_DECAY_MS=77");
  }

  @Test
  void gates_always_fitAScreenAndSayWhereEachValueIsFrom() {
    CommandRun run = CommandRun.of("gates", "--set", "HAKMEM_DECAY_MS=77");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(run.out().lines())
        .contains(
            "HAKMEM_CHECKS=on  (default)", "HAKMEM_DECAY_MS=77  (command line; default 1000)");
  }
}
