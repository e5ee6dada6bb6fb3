package io.hakmem.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.result.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class RecommendationTest {

  private static String row(String label, double mops, String verdict) {
    return """
    {"label": "%s", "workload": "c6, 10", "ops": 10000, "verdict": "%s", "cold_verdict": "GO",
     "a": {"cold_mops": 9, "steady_mops": 100},
     "b": {"cold_mops": 2, "steady_mops": %s, "steady_ratio": %s, "cold_ratio": 0.5}}"""
        .formatted(label, verdict, mops, mops / 100);
  }

  private static JsonNode steady(String... rows) throws IOException {
    return advice(rows).path(0).path("steady");
  }

  private static JsonNode advice(String... rows) throws IOException {
    return new JsonMapper().readTree(Json.text(recommendation(rows).advice()));
  }

  private static Recommendation recommendation(String... rows) throws IOException {
    String report =
        "{\"phases\": [{\"name\": \"80\", \"rows\": [{\"workload\": \"other\"}]},"
            + ("{\"name\": \"82-final\", \"rows\": [" + String.join(",", rows) + "]}]}");
    return new Recommendation(Json.read(report, Reproduction.Result.class));
  }

  @Test
  void advice_fasterVariant_isRecommended() throws IOException {
    JsonNode steady = steady(row("flatten", 104, "GO"), row("both", 108, "GO"));
    assertThat(steady.path("best").asText()).isEqualTo("both");
    assertThat(steady.path("advice").asText()).isEqualTo("both (+8.0 %)");
  }

  @Test
  void advice_bestWithinTheNoise_keepsTheDefault() throws IOException {
    JsonNode steady = steady(row("both", 108, "NEUTRAL"));
    assertThat(steady.path("best").asText()).isEqualTo("both");
    assertThat(steady.path("verdict").asText()).isEqualTo("NEUTRAL");
    assertThat(steady.path("advice").asText()).isEqualTo("no difference, keep the default");
  }

  @Test
  void advice_nothingFaster_keepsTheDefault() throws IOException {
    JsonNode fields = advice(row("both", 108, "GO"));
    assertThat(fields).hasSize(2);
    assertThat(fields.path(1).path("absent").asText()).contains("82-final-mixed");
    assertThat(fields.path(0).path("original").asText()).isEqualTo("zero header");
    assertThat(fields.path(0).path("cold").path("best").asText()).isEqualTo("baseline");
    assertThat(fields.path(0).path("cold").path("advice").asText())
        .isEqualTo("none is faster than the baseline: keep the default");
  }

  @Test
  void isEmpty_otherPhasesOnly_isTrue() throws IOException {
    assertThat(recommendation().isEmpty()).isTrue();
    assertThat(recommendation(row("both", 1, "GO")).isEmpty()).isFalse();
  }

  @Test
  void isIncomplete_failedRow_isTrue() throws IOException {
    String failed = "{\"workload\": \"c6\", \"label\": \"both\", \"failed\": \"no such profile\"}";
    assertThat(recommendation(failed).isIncomplete()).isTrue();
    assertThat(recommendation(failed).advice().toString()).contains("no such profile");
  }
}
