package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
final class ReproduceCommandTest {

  @TempDir private Path dir;

  @Test
  void reproduce_tinyPhase_writesBothReports() throws IOException {
    Path folder = dir.resolve("new/report");
    CommandRun run =
        CommandRun.of(
            "reproduce", "81", "--runs=5", "--ops=2000", "--budget-ms=1", "--out=" + folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).startsWith("15 forks, 5 rounds of each comparison, about 1 min");
    assertThat(run.out().lines().toList().getLast()).isEqualTo(folder.toString());
    JsonNode report = new JsonMapper().readTree(folder.resolve("report.json").toFile());
    JsonNode row = report.path("phases").path(0).path("rows").path(0);
    assertThat(row.path("verdict").asText()).as(row.toString()).isIn("GO", "NEUTRAL", "NO-GO");
    assertThat(row.path("evidence_b").asText()).contains("page_null=0 not_mine=0 other=0");
    assertThat(row.path("conclusion").asText()).isNotEmpty();
    assertThat(report.path("machine").fieldNames())
        .toIterable()
        .contains("date", "cores", "cpu", "memory", "jdk", "jvm_options", "commit");
    Browser.check(Files.readString(folder.resolve("report.html")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reproduce 55                  | phase=55 is not one of 54, 56-57, MD1, 80, 81, 82",
        "reproduce 80 --runs 0         | --runs=0 must be in [5, 10000]",
        "reproduce 80 --budget-ms 0    | --budget-ms=0 must be in [1, 3600000]",
        "reproduce --out pom.xml       | --out=pom.xml cannot be written: ",
        "reproduce --out /proc/report  | --out=/proc/report cannot be written: ",
        "recommend --from x --quick    | --quick measures, but --from=x is measured already",
        "recommend extra               | Unmatched argument",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String call, String reason) {
    CommandRun.of(call.split("\\s+", -1)).assertRefused(2, reason);
  }

  @Test
  void recommend_report_saysWhatToTake() throws IOException {
    String row =
        """
        {"phases": [{"name": "82-final", "rows": [
          {"label": "both", "workload": "c6", "ops": 1000000, "verdict": "GO",
           "cold_verdict": "NEUTRAL", "a": {"cold_mops": 1, "steady_mops": 10},
           "b": {"cold_mops": 2, "steady_mops": 12, "steady_ratio": 1.2, "cold_ratio": 2}}]}]}
        """;
    CommandRun run = recommend(row);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "c6",
            "  original: both",
            "  cold     take: no difference, keep the default; best median: both, 2.00 M ops/s,"
                + " NEUTRAL",
            "  steady   take: both (+20.0 %); best median: both, 12.00 M ops/s, GO",
            "82-final-mixed",
            "  not in the report; measure it with: hakmem reproduce 82-final-mixed");
  }

  @Test
  void recommend_otherFiles_areRefusedByOneLine() throws IOException {
    recommend("{\"phases\": []}").assertRefused(1, "no row of the phases 82-final");
    recommend("no json").assertRefused(1, "is no JSON");
    CommandRun.of("recommend", "--from", "no-such-file")
        .assertRefused(1, "no-such-file: no such file");
  }

  private CommandRun recommend(String report) throws IOException {
    Path file = Files.writeString(dir.resolve("report.json"), report);
    return CommandRun.of("recommend", "--from", file.toString());
  }
}
