package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.subject.SubjectKind;
import java.io.IOException;
import java.util.Map;
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
  void compose_boxes_areWithPlacesAndTheSizesTheyServe() {
    assertThat(CommandRun.of("compose", "--profile", "C7_SAFE").out().lines())
        .contains(
            "box          tiny-front, place 50, serves 1024 B (1 class)",
            "box          pool-v1, place 200, serves 16-524288 B (103 of 104 classes)");
  }

  @Test
  void compose_json_isTheComposition() throws IOException {
    CommandRun run = CommandRun.of("compose", "--json", "--profile", "THROUGHPUT");
    Composition read = Json.read(run.out(), Composition.class);
    try (HakAllocator allocator = SubjectKind.compose("THROUGHPUT", Map.of())) {
      assertThat(read).isEqualTo(allocator.composition());
    }
  }

  @Test
  void gates_always_nameTheirBox() {
    assertThat(CommandRun.of("gates").out())
        .contains("    core: Refuses a free", "    pool-v2: Pool v2 serves");
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
