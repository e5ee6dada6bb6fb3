package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.builds.BuiltModules;
import io.hakmem.bench.compare.AbRounds;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Round;
import io.hakmem.bench.compare.Side;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Fork;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class AbCommandTest {

  private final Configuration a = Configuration.parse(Side.A, "LEGACY");
  private final Configuration b = Configuration.parse(Side.B, "THROUGHPUT");
  private final List<String> ran = new ArrayList<>();

  private static Report report() throws IOException {
    return Json.read("{\"cold_mops\": 1.0, \"steady_mops\": 2.0}", Report.class);
  }

  /** Records what runs; the forks of these numbers, from 1 on, fail. */
  private Round.Forks<Configuration> failing(Integer... numbers) {
    return configuration -> {
      ran.add(configuration.text());
      if (Set.of(numbers).contains(ran.size())) {
        throw new CommandFailure("a fork ended with 134: its last line");
      }
      return report();
    };
  }

  private void run(Comparison comparison, int rounds, Integer... failing) throws Exception {
    new AbRounds(failing(failing), rounds, _ -> {}).run(List.of(comparison));
    comparison.checkRounds();
  }

  @Test
  void ab_tinyRounds_isOneJsonObject() throws Exception {
    JsonNode report =
        CommandRun.json(
            "ab",
            "THROUGHPUT",
            "THROUGHPUT HAKMEM_CHECKS=off",
            "--workload=mixed",
            "--runs=1",
            "--ops=2000",
            "--budget-ms=1",
            "--json");
    assertThat(report.path("workload").asText())
        .isEqualTo("mixed, 16-1024 bytes: mid-large-mt 1 2000 400 1");
    assertThat(report.path("rounds").asInt()).isEqualTo(1);
    assertThat(report.path("dropped")).isEmpty();
    assertThat(report.path("void").isNull()).as(report.toString()).isTrue();
    assertThat(report.path("verdict").asText()).isEqualTo("TOO FEW");
    assertThat(report.path("control").path("steady_ratio").asDouble()).isPositive();
    assertThat(report.path("b").path("counters")).isNotEmpty();
    assertThat(report.path("b").path("steady_runs_mops")).hasSize(1);
    assertThat(report.path("kind").asText()).isEqualTo("ab");
    assertThat(report.path("command").asText())
        .startsWith("ab THROUGHPUT \"THROUGHPUT HAKMEM_CHECKS=off\" --workload=mixed");
    assertThat(report.path("machine").path("commit").asText()).isNotEmpty();
    assertThat(report.path("machine").path("cpu").asText()).isNotEmpty();
  }

  @Test
  void ab_ofAFolder_namesIt(@TempDir Path dir) throws Exception {
    Path modules = BuiltModules.putInto(dir.resolve("modules"));
    JsonNode report =
        CommandRun.json(
            "ab",
            "THROUGHPUT",
            "THROUGHPUT",
            "--modules-b=" + modules,
            "--runs=1",
            "--ops=2000",
            "--budget-ms=1",
            "--json");
    assertThat(report.path("a").path("configuration").asText()).isEqualTo("THROUGHPUT");
    assertThat(report.path("b").path("configuration").asText())
        .isEqualTo("THROUGHPUT, build of " + modules);
    assertThat(report.path("same_configuration").asBoolean()).isFalse();
  }

  @Test
  void ab_neighbour_livesInTheForksOfB() throws Exception {
    JsonNode report =
        CommandRun.json(
            "ab",
            "LEGACY",
            "LEGACY beside:THROUGHPUT",
            "--runs=1",
            "--ops=2000",
            "--budget-ms=1",
            "--json");
    assertThat(report.path("rounds").asInt()).as(report.toString()).isEqualTo(1);
    assertThat(report.path("void").isNull()).as(report.toString()).isTrue();
  }

  @Test
  void measure_neighbour_reportsWhatItRan() throws Exception {
    JsonNode report =
        CommandRun.json(
            "measure", "--beside=LEGACY", "--warmup=0", "--runs=1", "--budget-ms=1", "--json");
    assertThat(report.path("beside").asText()).isEqualTo("LEGACY");
    assertThat(report.path("beside_counters").path("allocations").asLong())
        .isEqualTo(report.path("beside_rounds").asLong() * report.path("allocs").asLong());
  }

  @Test
  void run_rounds_rotateTheOrder() throws Exception {
    Comparison comparison = new Comparison(a, b);
    run(comparison, 3);
    assertThat(ran)
        .containsExactly(
            "LEGACY",
            "THROUGHPUT",
            "LEGACY",
            "THROUGHPUT",
            "LEGACY",
            "LEGACY",
            "LEGACY",
            "LEGACY",
            "THROUGHPUT");
    assertThat(comparison.rounds()).isEqualTo(3);
  }

  @Test
  void run_forkThatDies_dropsItsRoundAlone() throws Exception {
    Comparison comparison = new Comparison(a, b);
    run(comparison, 4, 2);
    assertThat(comparison.rounds()).isEqualTo(3);
    assertThat(comparison.dropped())
        .containsExactly("round 1, B: a fork ended with 134: its last line");
  }

  @Test
  void run_noRoundLeft_failsWithTheLastLines() {
    assertThatThrownBy(() -> run(new Comparison(a, b), 1, 2))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "none of 1 rounds is left; dropped: round 1, B: a fork ended with 134: its last line");
  }

  @Test
  void run_comparisonsOfOneA_shareItsForks() throws Exception {
    Comparison first = new Comparison(a, b);
    Comparison second = new Comparison(a, Configuration.parse(Side.B, "HAKMEM_CHECKS=off"));
    new AbRounds(failing(2), 4, _ -> {}).run(List.of(first, second));
    assertThat(ran.subList(0, 4))
        .containsExactly("LEGACY", "THROUGHPUT", "HAKMEM_CHECKS=off", "LEGACY");
    assertThat(ran).hasSize(16);
    assertThat(first.rounds()).isEqualTo(3);
    assertThat(second.rounds()).isEqualTo(4);
  }

  @Test
  void run_failingControl_endsTheRoundOfAll() throws Exception {
    Comparison first = new Comparison(a, b);
    Comparison second = new Comparison(a, a);
    new AbRounds(failing(1), 1, _ -> {}).run(List.of(first, second));
    assertThat(ran).hasSize(1);
    assertThat(first.dropped())
        .isEqualTo(second.dropped())
        .containsExactly("round 1, A: a fork ended with 134: its last line");
  }

  @Test
  void load_c6_givesTheForkItsSizes() {
    Load load = Load.of("c6", 2, 1_000_000);
    assertThat(load.call()).containsExactly("mid-large-mt", "2", "1000000", "400", "1");
    assertThat(load.environment())
        .containsEntry("HAKMEM_BENCH_MIN_SIZE", "257")
        .containsEntry("HAKMEM_BENCH_MAX_SIZE", "768")
        .hasSize(2);
  }

  @Test
  void load_manySlots_areThoseOfTheCatalogue() {
    Load load = Load.of("mixed-100k", 1, 1000);
    assertThat(load.call()).containsExactly("mid-large-mt", "1", "1000", "100000", "1");
    assertThat(load.environment()).containsEntry("HAKMEM_BENCH_MIN_SIZE", "16");
  }

  @Test
  void load_ofOtherKind_isMeasuredByItsName() {
    Load load = Load.of("larson", 2, 1000);
    assertThat(load.call()).containsExactly("measure", "--workload=larson", "--threads=2");
    assertThat(load.environment()).isEmpty();
  }

  @Test
  void measure_loadOfTheCatalogue_isOneJsonObject() throws Exception {
    JsonNode report =
        CommandRun.json(
            "measure",
            "--workload=realloc",
            "--threads=2",
            "--warmup=0",
            "--runs=1",
            "--budget-ms=1",
            "--json");
    assertThat(report.path("workload").asText()).isEqualTo("realloc");
    assertThat(report.path("threads").asInt()).isEqualTo(2);
    assertThat(report.path("reallocs").asLong()).isPositive();
    assertThat(report.path("allocs").asLong()).isEqualTo(report.path("frees").asLong());
  }

  @Test
  void fork_environment_reachesTheCommand() throws Exception {
    Load load = Load.of("c6", 1, 1000);
    List<String> call = new ArrayList<>(load.call());
    call.addAll(List.of("--warmup=0", "--runs=1", "--json"));
    Report report = new Fork(call, load.environment()).run();
    assertThat(report.setup().parameters()).containsEntry("min_bytes", 257);
    assertThat(report.setup().maxBytes()).isEqualTo(768);
  }
}
