package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FootprintCommandTest {

  private static final String[] SMALL = {"--size=0.25", "--decay-ms=10"};

  private static String[] call(String... options) {
    List<String> call = new ArrayList<>(List.of("footprint"));
    call.addAll(List.of(SMALL));
    call.addAll(List.of(options));
    return call.toArray(String[]::new);
  }

  /** In a JVM of its own: that of the tests has memory to reuse. */
  @Test
  @Tag("slow")
  void footprint_twoRows_areOneJsonObject() throws IOException {
    JsonNode report =
        CommandRun.json(
            call("--row=large-waste", "--row=limit-ended", "--subject=hakmem,malloc", "--json"));
    assertThat(report.path("subjects"))
        .extracting(JsonNode::asText)
        .containsExactly("hakmem", "hakmem THROUGHPUT", "malloc");
    assertThat(report.path("scale").path("decay_ms").asInt()).isEqualTo(10);
    assertThat(report.path("rows").findValuesAsText("name"))
        .containsExactly("large-waste", "limit-ended");
    JsonNode waste = report.path("rows").path(0);
    assertThat(waste.path("unit").asText()).isEqualTo("RATIO");
    assertThat(waste.path("bound").path("value").asDouble()).isEqualTo(1.125);
    assertThat(waste.path("cells"))
        .hasSize(3)
        .allSatisfy(cell -> assertThat(cell.path("value").asDouble()).isBetween(1.0, 3.0));
    assertThat(waste.path("cells").path(0).path("held").isBoolean()).isTrue();
    assertThat(waste.path("cells").path(2).has("held")).isFalse();
    assertThat(report.path("rows").path(1).path("cells").findValuesAsText("subject"))
        .containsExactly("hakmem", "hakmem THROUGHPUT");
  }

  @Test
  @Tag("slow")
  void footprint_subjectsWithOptionsOfTheirOwn_haveFigures() throws IOException {
    JsonNode report =
        CommandRun.json(
            call(
                "--row=idle-program", "--subject=mi-malloc,netty-pooled,netty-adaptive", "--json"));
    assertThat(report.path("rows").path(0).path("cells"))
        .hasSize(3)
        .allSatisfy(cell -> assertThat(cell.has("value")).as("%s", cell).isTrue());
  }

  /** Memory that goes back after an hour is there still. */
  @Test
  @Tag("slow")
  void check_missedBound_endsWithOne() {
    String[] call =
        call(
            "--row=idle-program",
            "--subject=hakmem",
            "--profile=THROUGHPUT",
            "--set=HAKMEM_DECAY_MS=3600000");
    CommandRun shown = CommandRun.of(call);
    assertThat(shown.out()).contains("MISSED").doesNotContain("failed");
    assertThat(shown.code()).isZero();
    assertThat(CommandRun.of(with(call, "--check")).code()).isEqualTo(1);
  }

  @Test
  @Tag("slow")
  void check_boundThatIsHeld_endsWithZero() {
    CommandRun run =
        CommandRun.of(
            call("--row=large-untouched", "--subject=hakmem", "--profile=THROUGHPUT", "--check"));
    assertThat(run.out()).contains("held");
    assertThat(run.code()).isZero();
  }

  private static String[] with(String[] call, String option) {
    List<String> longer = new ArrayList<>(List.of(call));
    longer.add(option);
    return longer.toArray(String[]::new);
  }

  @Test
  void list_always_printsEachProgram() {
    assertThat(CommandRun.of("footprint", "--list").out().lines())
        .hasSize(21)
        .anySatisfy(line -> assertThat(line).startsWith("one-of-32-regrowth "))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "footprint --row none        | --row=none is not one of waiting-threads, live-threads",
        "footprint --size 0          | --size=0.0 must be above 0 and at most 1",
        "footprint --decay-ms 0      | --decay-ms=0 must be in [1, 3600000]",
        "footprint --subject floor   | --subject=floor is no allocator",
        "footprint --subject none    | 'none' is not one of [hakmem",
        "footprint --profile none    | HAKMEM_PROFILE=none",
        "footprint --set HAKMEM_X=1  | HAKMEM_X",
      })
  void wrongUsage_always_isOneLineAndCodeTwo(String call, String reason) {
    CommandRun.of(call.split("\\s+", -1)).assertRefused(2, reason);
  }
}
