package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class TuneCommandTest {

  @TempDir private Path dir;

  @Test
  void tune_inASecond_writesAFileThatIsAccepted() throws IOException {
    Path trace = Files.write(dir.resolve("t.txt"), TraceFiles.generated(1, 3000));
    Path tuned = dir.resolve("tuned.properties");
    JsonNode result =
        CommandRun.json(
            "tune",
            "--trace=" + trace,
            "--budget=1s",
            "--budget-ms=1",
            "--objective=memory",
            "--to=" + tuned,
            "--json");
    assertThat(result.get("objective").asText()).isEqualTo("memory");
    assertThat(result.get("held_back").isArray()).isTrue();
    assertThat(result.get("verdict").asText()).isEqualTo("TOO FEW");
    assertThat(result.get("recommended").asText()).isEqualTo("THROUGHPUT");
    String conclusion = result.get("conclusion").asText();
    assertThat(conclusion).endsWith(": keep THROUGHPUT, or search longer with --budget.");
    assertThat(tuned).content().startsWith("# hakmem tune: " + conclusion + "\n");
    Path saved = Files.writeString(dir.resolve("tune.json"), result.toString());
    Path page = dir.resolve("tune.html");
    CommandRun again = CommandRun.of("report", saved.toString(), "--html=" + page);
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).startsWith(conclusion);
    assertThat(page).content().contains(conclusion);
    CommandRun composed = CommandRun.of("compose", "--set", "HAKMEM_CONFIG=" + tuned);
    assertThat(composed.code()).as(composed.err()).isZero();
    assertThat(composed.out()).contains("HAKMEM_POOL_ZERO_MODE=off");
  }

  @Test
  void tune_badCalls_areRefused() throws IOException {
    Path small = TraceFiles.small();
    CommandRun.of("tune", "--trace=" + small, "--budget=soon")
        .assertRefused(2, "--budget=soon must be from 1s to 24h, such as 90s or 10m");
    CommandRun.of("tune", "--trace=" + small, "--objective=beauty")
        .assertRefused(2, "--objective=beauty is not one of speed, memory, both");
    CommandRun.of("tune", "--trace=" + small, "--threads=3")
        .assertRefused(2, "--threads=3 must be 1 or recorded");
    CommandRun.of("tune", "--trace=" + small, "--base=NONE")
        .assertRefused(2, "--base: HAKMEM_PROFILE=NONE");
    CommandRun.of("tune", "--trace=" + small)
        .assertRefused(1, "events=30 must be at least 1000, so that a part can be held back");
    CommandRun.of("tune", "--trace=" + dir.resolve("none")).assertRefused(1, "none: no such file");
  }
}
