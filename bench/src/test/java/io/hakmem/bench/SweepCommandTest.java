package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepCommandTest {

  @TempDir private Path dir;

  @Tag("slow")
  @Test
  void sweep_twoGates_measuresEveryCombination() throws IOException {
    Path page = dir.resolve("page.html");
    Path csv = dir.resolve("figures.csv");
    Path json = dir.resolve("sweep.json");
    CommandRun run =
        CommandRun.of(
            "sweep",
            "HAKMEM_HEAP_PREFILL=0,1",
            "HAKMEM_CHECKS=on,off",
            "--runs=2",
            "--ops=2000",
            "--budget-ms=1",
            "--json",
            "--html=" + page,
            "--csv=" + csv);
    assertThat(run.err()).isEmpty();
    Files.writeString(json, run.out());
    JsonNode points = new JsonMapper().readTree(run.out()).path("points");
    assertThat(points.findValues("values").stream().map(JsonNode::toString))
        .containsExactly("[\"0\",\"on\"]", "[\"0\",\"off\"]", "[\"1\",\"on\"]", "[\"1\",\"off\"]");
    assertThat(points.path(3).path("measured").path("steady_runs_mops")).hasSize(2);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst())
        .startsWith("HAKMEM_HEAP_PREFILL,HAKMEM_CHECKS,cold_mops,steady_mops,ratio")
        .endsWith("steady_mops_of_round_2");
    Browser.check(Files.readString(page));
    assertThat(CommandRun.of("report", json.toString()).out()).contains("0, on", "1, off");
  }

  @Tag("slow")
  @Test
  void sweep_oneRound_endsWithoutAVerdict() {
    CommandRun run =
        CommandRun.of("sweep", "HAKMEM_CHECKS=on,off", "--runs=1", "--ops=2000", "--budget-ms=1");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("TOO FEW", "There are too few rounds for a verdict, 1 of at least 5.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HAKMEM_NONE=1,2              | sweep: HAKMEM_NONE",
        "HAKMEM_CHECKS=on,maybe       | sweep: HAKMEM_CHECKS=maybe",
        "HAKMEM_CHECKS=on,on          | has the value on twice",
        "HAKMEM_CHECKS=on,            | has a value that is empty",
        "HAKMEM_CHECKS                | HAKMEM_CHECKS is not of the form GATE=v1,v2",
        "HAKMEM_CHECKS=on             | 1 combinations of values; from 2 to 64",
        "HAKMEM_CHECKS=on,off HAKMEM_CHECKS=on,off | HAKMEM_CHECKS is named twice",
        "A=1,2 B=1,2 C=1,2            | 3 gates; at most 2 can be swept at once",
        "HAKMEM_CHECKS=on,off --workload none | --workload=none is not one of",
        "HAKMEM_CHECKS=on,off --profile NONE  | HAKMEM_PROFILE=NONE",
        "HAKMEM_CHECKS=on,off --csv /none/x   | --csv=/none/x cannot be written",
        "HAKMEM_CHECKS=on,off --runs 0        | --runs=0 must be in [1, 10000]",
      })
  void wrongUsage_always_isRefusedBeforeAnythingRuns(String call, String reason) {
    CommandRun.of(("sweep " + call).split("\\s+", -1)).assertRefused(2, reason);
  }
}
