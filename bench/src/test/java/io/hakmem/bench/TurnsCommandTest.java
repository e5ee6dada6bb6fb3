package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.builds.BuiltModules;
import io.hakmem.bench.builds.SmallRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
final class TurnsCommandTest {

  private static final String TRACE = "--workload=replay:" + TraceFiles.small();

  private static final int ALLOCS_OF_TRACE = 19;

  private static String[] call(String a, String b, String... options) {
    List<String> call = new ArrayList<>(List.of("turns", a, b));
    call.addAll(List.of("--runs=5", "--turn-ms=1", "--warmup-ms=1"));
    call.addAll(List.of(options));
    return call.toArray(String[]::new);
  }

  private static CommandRun text(String a, String b, String... options) {
    return CommandRun.of(call(a, b, options));
  }

  private static JsonNode json(String a, String b, String... options) throws IOException {
    List<String> call = new ArrayList<>(List.of(call(a, b, options)));
    call.addAll(List.of(TRACE, "--json"));
    return CommandRun.json(call.toArray(String[]::new));
  }

  @Test
  void turns_tinyTrace_isOneJsonObjectWithEachSide() throws IOException {
    JsonNode report = json("THROUGHPUT", "THROUGHPUT", "--peers=jvm-malloc,jvm-mimalloc-lwjgl");
    assertThat(report.path("sides").findValuesAsText("name"))
        .containsExactly("A", "B", "control", "jvm-malloc");
    assertThat(report.path("sides"))
        .allSatisfy(
            side -> {
              assertThat(side.path("turns_mops")).hasSize(5);
              assertThat(side.path("mops").asDouble()).isPositive();
              assertThat(side.path("low").asDouble())
                  .isLessThanOrEqualTo(side.path("high").asDouble());
            });
    assertThat(report.path("ratio")).isEqualTo(report.path("sides").path(1).path("ratio"));
    assertThat(report.path("low")).isEqualTo(report.path("sides").path(1).path("low"));
    assertThat(report.path("high")).isEqualTo(report.path("sides").path(1).path("high"));
    assertThat(report.path("control")).isEqualTo(report.path("sides").path(2).path("ratio"));
    assertThat(report.path("void").isNull()).isTrue();
    assertThat(report.path("verdict").asText()).isIn("GO", "NEUTRAL", "NO-GO");
    assertThat(report.path("same_configuration").asBoolean()).isTrue();
    assertThat(report.path("machine").path("cores").asInt()).isPositive();
    assertThat(report.path("absent").path("jvm-mimalloc-lwjgl").asText())
        .contains("HAKMEM_JAVA_OPTS=", "--enable-native-access=org.lwjgl");
  }

  @Test
  void turns_gatesOfEachSideAndOfBoth_arriveAndTheCountersAreTheLoads() throws IOException {
    JsonNode report =
        json("THROUGHPUT", "THROUGHPUT HAKMEM_CHECKS=off", "--set", "HAKMEM_HEAP_EMPTY_PAGES=2");
    JsonNode sides = report.path("sides");
    assertThat(sides.path(0).path("facts").path("composition").asText())
        .contains("HAKMEM_CHECKS=on (profile", "HAKMEM_HEAP_EMPTY_PAGES=2 (builder)");
    assertThat(sides.path(1).path("facts").path("composition").asText())
        .contains("HAKMEM_CHECKS=off (builder)", "HAKMEM_HEAP_EMPTY_PAGES=2 (builder)");
    assertThat(sides.path(2).path("facts").path("gates"))
        .isEqualTo(sides.path(0).path("facts").path("gates"));
    assertThat(sides)
        .hasSize(3)
        .allSatisfy(
            side ->
                assertThat(side.path("facts").path("counters").path("allocations").asLong())
                    .isEqualTo(ALLOCS_OF_TRACE * side.path("load_rounds").asLong())
                    .isPositive());
    assertThat(report.path("same_configuration").asBoolean()).isFalse();
    assertThat(report.path("void").isNull()).isTrue();
  }

  @Test
  void turns_text_hasRatiosAndVerdict() {
    CommandRun run = text("THROUGHPUT", "", TRACE);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("A: THROUGHPUT", "B: (nothing set)", "95 % interval", "  verdict: ");
  }

  @Test
  void turns_ofAFolder_nameIt(@TempDir Path dir) throws IOException {
    Path modules = BuiltModules.putInto(dir.resolve("modules"));
    JsonNode sides = json("THROUGHPUT", "THROUGHPUT", "--modules-b=" + modules).path("sides");
    assertThat(sides.path(1).path("modules").asText()).isEqualTo(modules.toString());
    assertThat(sides.path(0).has("modules")).isFalse();
  }

  @Test
  void turns_ofCommits_nameThemAndNoFolder(@TempDir Path dir) throws Exception {
    SmallRepository repository = new SmallRepository(dir);
    BuiltModules.putInto(repository.modules());
    repository.commit();
    String full = repository.git("rev-parse", "HEAD").strip();
    System.setProperty("hakmem.bench.home", dir.toString());
    try {
      String[] commits = {"--commit-a=HEAD", "--commit-b=" + full.substring(0, 8)};
      JsonNode report = json("THROUGHPUT", "THROUGHPUT", commits);
      String ofA = "HEAD (" + full.substring(0, 10) + ")";
      assertThat(report.path("sides").findValuesAsText("commit"))
          .containsExactly(ofA, full.substring(0, 8), ofA);
      assertThat(report.path("sides").findValues("modules")).isEmpty();
      assertThat(report.path("same_configuration").asBoolean()).isTrue();
      CommandRun run = text("THROUGHPUT", "THROUGHPUT", commits[0], commits[1], TRACE);
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .contains(
              "  A: THROUGHPUT, commit " + ofA, "  B: THROUGHPUT, commit " + full.substring(0, 8))
          .doesNotContain("hakmem-run-", dir.toString());
    } finally {
      System.clearProperty("hakmem.bench.home");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workload=none    | --workload=none is not one of c6, mixed, mid-large",
        "--threads=0        | --threads=0 must be in [1, 1024]",
        "--runs=0           | --runs=0 must be in [1, 10000]",
        "--turn-ms=0        | --turn-ms=0 must be in [1, 3600000]",
        "--peers=none       | --peers=none: not one of native-mimalloc",
        "--modules-a=/none  | --modules-a=/none is no folder",
        "--modules-b=/none  | --modules-b=/none is no folder",
        "--commit-a=none    | --commit-a=none is no commit of",
        "--commit-b=none    | --commit-b=none is no commit of",
        "--set=HAKMEM_CHECK=off | A: HAKMEM_CHECK, set by builder, is no setting",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String option, String reason) {
    CommandRun.of("turns", "THROUGHPUT", "THROUGHPUT", option).assertRefused(2, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE                      | B: HAKMEM_PROFILE=NONE",
        "HAKMEM_CHECKS=maybe       | B: HAKMEM_CHECKS=maybe",
        "THROUGHPUT LEGACY         | B: two profiles",
        "THROUGHPUT beside:LEGACY  | B: beside:LEGACY has no place here",
      })
  void wrongConfiguration_always_isOneLineAndCodeTwo(String text, String reason) {
    CommandRun.of("turns", "THROUGHPUT", text, TRACE).assertRefused(2, reason);
  }

  @Test
  void modules_withoutAllocator_areRefused(@TempDir Path dir) {
    CommandRun.of("turns", "", "", "--modules-b=" + dir)
        .assertRefused(2, "--modules-b=" + dir + " holds no module io.hakmem.core");
  }

  @Test
  void modules_broken_areRefused(@TempDir Path dir) throws IOException {
    Files.writeString(dir.resolve("pool-core.jar"), "no jar");
    CommandRun.of("turns", "", "", "--modules-a=" + dir)
        .assertRefused(2, "--modules-a=" + dir + ": ");
  }
}
