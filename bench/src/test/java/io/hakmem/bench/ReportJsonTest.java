package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --json} prints: it counts the same for the same call, and what it was told. */
final class ReportJsonTest {

  private static final List<String> TINY =
      List.of("--json", "--warmup", "1", "--runs", "3", "--budget-ms", "200");

  private static final String[] FIELDS = {
    "workload",
    "profile",
    "composition",
    "threads",
    "ops",
    "cold_mops",
    "steady_mops",
    "allocs",
    "frees",
    "peak_live",
    "peak_live_bytes",
    "peak_resident_bytes",
    "counters"
  };

  @TempDir private Path dir;

  private static JsonNode measured(String... call) throws IOException {
    return CommandRun.json(Stream.concat(Stream.of(call), TINY.stream()).toArray(String[]::new));
  }

  private static JsonNode midLarge(String seed) throws IOException {
    return measured("mid-large-mt", "2", "20000", "100", seed);
  }

  @Test
  void midLarge_asText_showsTheSizeClassesAndNoRawData() {
    CommandRun run =
        CommandRun.of("mid-large-mt", "1", "500", "50", "3", "--warmup", "1", "--runs", "1");
    assertThat(run.code()).isZero();
    assertThat(run.out()).containsPattern("size classes +block +pages").doesNotContain("{");
  }

  private static List<JsonNode> counts(JsonNode report) {
    return Stream.of("allocs", "frees", "peak_live", "peak_live_bytes").map(report::get).toList();
  }

  @Test
  void midLarge_always_reportsWhatItWasToldAndWhatItCounted() throws IOException {
    JsonNode report = midLarge("1");
    assertThat(report.fieldNames()).toIterable().contains(FIELDS);
    assertThat(report.get("workload").asText()).isEqualTo("mid-large-mt");
    assertThat(report.get("profile").asText()).isEqualTo("default");
    assertThat(report.get("composition").asText()).contains("mid-desc");
    assertThat(report.get("threads").asInt()).isEqualTo(2);
    assertThat(report.get("ops").asInt()).isEqualTo(40_000);
    assertThat(report.get("slots").asInt()).isEqualTo(100);
    assertThat(report.get("seed").asInt()).isEqualTo(1);
    assertThat(report.get("runs_mops").size()).isEqualTo(3);
    assertThat(report.get("cold_mops").asDouble()).isPositive();
    assertThat(report.get("steady_mops").asDouble()).isPositive();
    assertThat(report.get("frees")).isEqualTo(report.get("allocs"));
    assertThat(report.get("peak_live").asInt()).isBetween(100, 200);
    assertThat(report.get("peak_resident_bytes").asLong())
        .isGreaterThanOrEqualTo(report.get("peak_live_bytes").asLong() / 2);
    assertThat(report.get("counters").get("refused_frees").asInt(-1)).isZero();
  }

  @Test
  void midLarge_sameSeed_countsTheSame() throws IOException {
    assertThat(counts(midLarge("1"))).isEqualTo(counts(midLarge("1")));
  }

  @Test
  void midLarge_otherSeed_countsDifferently() throws IOException {
    assertThat(counts(midLarge("1"))).isNotEqualTo(counts(midLarge("2")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500, 8192})
  void midLarge_oneSize_isThatOfEveryBlock(int bytes) throws IOException {
    String size = Integer.toString(bytes);
    JsonNode report =
        measured("mid-large-mt", "2", "5000", "50", "3", "--min-size", size, "--max-size", size);
    assertThat(report.get("peak_live").asLong()).isPositive();
    assertThat(report.get("peak_live_bytes").asLong())
        .isEqualTo(report.get("peak_live").asLong() * bytes);
  }

  @Test
  void midLarge_gates_arriveInTheComposition() throws IOException {
    JsonNode report =
        measured("mid-large-mt", "1", "500", "50", "3", "--set", "HAKMEM_DECAY_MS=77");
    assertThat(report.get("composition").asText()).contains("HAKMEM_DECAY_MS=77");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hakmem", "hakmem-heap"})
  void replay_traceByHand_countsItsEvents(String subject) throws IOException {
    JsonNode report =
        measured("replay", TraceFiles.small().toString(), "--verify", "--subject", subject);
    assertThat(report.fieldNames()).toIterable().contains(FIELDS);
    assertThat(report.get("workload").asText()).isEqualTo("replay");
    assertThat(report.get("threads").asInt()).isEqualTo(1);
    assertThat(report.get("ops").asInt()).isEqualTo(30);
    assertThat(report.get("allocs").asInt()).isEqualTo(19);
    assertThat(report.get("frees").asInt()).isEqualTo(19);
    assertThat(report.get("verified_blocks").asInt()).isEqualTo(19);
    assertThat(report.get("peak_live_bytes").asInt()).isEqualTo(5_022_478);
  }

  @Test
  void replay_generatedTrace_countsTheSamePlainAndPacked() throws IOException {
    List<String> lines = TraceFiles.generated(5, 20_000);
    Path plain = Files.write(dir.resolve("plain.trace"), lines);
    Path packed = TraceFiles.gzipped(dir.resolve("packed.trace.gz"), lines);
    JsonNode fromPlain = measured("replay", plain.toString(), "--verify");
    JsonNode fromPacked = measured("replay", packed.toString(), "--verify");
    assertThat(fromPlain.get("ops").asInt()).isEqualTo(lines.size());
    assertThat(fromPlain.get("verified_blocks")).isEqualTo(fromPlain.get("allocs"));
    assertThat(fromPlain.get("frees")).isEqualTo(fromPlain.get("allocs"));
    assertThat(counts(fromPacked)).isEqualTo(counts(fromPlain));
  }

  /** The blocks live up to the end of the trace. */
  @Test
  void replay_withAPage_drawsItsMemoryOverTheEvents() throws IOException {
    Path trace = dir.resolve("t.trace");
    List<String> lines =
        IntStream.range(0, 1000).mapToObj(slot -> "a,0," + slot + ",5000").toList();
    Files.write(trace, lines);
    Path page = dir.resolve("page.html");
    JsonNode report = measured("replay", trace.toString(), "--html=" + page);
    JsonNode samples = report.get("memory_samples");
    assertThat(samples.size()).isBetween(20, 50);
    assertThat(samples).extracting(each -> each.get("event").asInt()).isSorted().endsWith(1000);
    assertThat(samples)
        .allSatisfy(
            each ->
                assertThat(each.get("live_bytes").asLong())
                    .isEqualTo(each.get("event").asLong() * 5000));
    JsonNode last = samples.get(samples.size() - 1);
    assertThat(last.get("committed_bytes").asLong()).isGreaterThanOrEqualTo(5_000_000);
    Browser.check(Files.readString(page));
    try (Browser browser = Browser.open(Files.readString(page))) {
      assertThat(browser.column("event")).hasSize(samples.size()).endsWith("1000");
    }
    Path saved = Files.writeString(dir.resolve("replay.json"), report.toString());
    Path again = dir.resolve("again.html");
    CommandRun opened = CommandRun.of("report", saved.toString(), "--html=" + again);
    assertThat(opened.err()).isEmpty();
    assertThat(opened.out()).contains("replay").doesNotContain("memory samples");
    assertThat(again).content().contains("Memory over the events");
  }

  @Test
  void replay_withAPageAndNothingToDraw_isRefused() {
    String trace = TraceFiles.small().toString();
    String reason = "--html draws the memory of one allocator, and goes with neither --peers nor";
    CommandRun.of("replay", trace, "--html=" + dir.resolve("p"), "--peers")
        .assertRefused(2, reason);
    CommandRun.of("replay", trace, "--html=" + dir.resolve("p"), "--subject=floor")
        .assertRefused(2, reason);
  }

  @Test
  void replay_withoutVerify_claimsNoVerification() throws IOException {
    JsonNode report = measured("replay", TraceFiles.small().toString());
    assertThat(report.get("verified_blocks").asInt(-1)).isZero();
  }
}
