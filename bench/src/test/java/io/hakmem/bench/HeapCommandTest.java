package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hakmem heap} beside a JVM that holds blocks. */
@Tag("slow")
final class HeapCommandTest {

  private static final List<String> TRACKED = List.of("-Dhakmem.checks=full");
  private static final String HOLDER = AllocatorAtWork.class.getName() + ".hold";

  @TempDir private Path dir;

  @Test
  void heap_ofAProcess_namesWhoHoldsWhatInATableAndAFlameGraph() throws Exception {
    Path html = dir.resolve("heap.html");
    try (WorkingJvm jvm = new WorkingJvm(TRACKED, "orders")) {
      CommandRun run = CommandRun.of("heap", jvm.pid(), "--html", html.toString());

      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .contains("orders: ")
          .containsPattern("(?m)^ +12,345 +1 +[\\d.]+%  .*" + HOLDER);
    }
    String page = Files.readString(html);
    assertThat(page)
        .contains(HOLDER, AllocatorAtWork.class.getName() + ".main", "12,345 bytes in 1 blocks")
        .doesNotContain("<script", "src=", "href=");
    assertThat(page.indexOf(AllocatorAtWork.class.getName() + ".main"))
        .as("outer calls come first")
        .isLessThan(page.indexOf(HOLDER));
  }

  @Test
  void json_ofAProcess_hasTheFrames() throws Exception {
    try (WorkingJvm jvm = new WorkingJvm(TRACKED, "orders")) {
      CommandRun run = CommandRun.of("heap", jvm.pid(), "--json");
      JsonNode heap = new JsonMapper().readTree(run.out()).get("allocators").get(0);
      assertThat(heap.get("allocator").asText()).isEqualTo("orders");
      assertThat(heap.get("sites").get(0).get("frames").get(0).asText()).contains(HOLDER);
    }
  }

  @Test
  void heap_ofAProcessWithoutALiveSample_saysWhatSamplesMore() throws Exception {
    List<String> rarely = List.of("-Dhakmem.leak.sample.every=1000000");
    try (WorkingJvm jvm = new WorkingJvm(rarely, "orders")) {
      CommandRun run = CommandRun.of("heap", jvm.pid());
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .contains("orders: 0 bytes in 0 blocks at 0 places", "HAKMEM_LEAK_SAMPLE_EVERY=1 ");
    }
  }

  @Test
  void heap_ofAProcessThatTracksNothing_saysWhichGateDoes() throws Exception {
    try (WorkingJvm jvm = new WorkingJvm(List.of(), "orders")) {
      CommandRun run = CommandRun.of("heap", jvm.pid());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("HAKMEM_LEAK_SAMPLE_EVERY=100", "HAKMEM_CHECKS=full");
    }
  }
}
