package io.hakmem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.page.Browser;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ReproductionPageTest {

  private static final String REPORT =
      """
      {"machine": {"cpu": "<b>&'\\"", "jdk": "25"}, "plan": {"rounds": 3},
       "phases": [{"name": "80", "question": "Does <it> pay?", "original": "1 -> 2", "note": "",
         "rows": [
           {"label": "on", "baseline": "off", "original": "+10 %", "workload": "c6, 257-768 bytes",
            "ops": 1000, "verdict": "GO", "conclusion": "It holds.", "dropped": [],
            "a": {"configuration": "X=0", "cold_mops": 1, "steady_mops": 10},
            "b": {"configuration": "X=1", "cold_mops": 1, "steady_mops": 11, "steady_ratio": 1.1,
                  "steady_ratio_low": 1.05, "steady_ratio_high": 1.2},
            "control": {"configuration": "X=0", "cold_mops": 1, "steady_mops": 10,
                  "steady_ratio": 1.0, "steady_ratio_low": 0.99, "steady_ratio_high": 1.01},
            "evidence_a": "hits=0", "evidence_b": "hits=7"},
           {"label": "v2", "baseline": "v1", "original": "-", "workload": "c6, 257-768 bytes",
            "configuration_a": "A", "configuration_b": "B", "failed": "no <gate>"}],
         "hot_symbols": {"samples": 9, "boxes": [{"box": "driver", "self_percent": 100.0}],
           "symbols": [{"symbol": "a.b", "box": "driver", "self_percent": 100.0}]},
         "crash_test": {"configuration": "C7", "result": "no crash"}}]}
      """;

  private static String page() throws IOException {
    return ReproductionPage.of(report(), Json.read(REPORT, Provenance.class));
  }

  private static Reproduction.Result report() throws IOException {
    return Json.read(REPORT, Reproduction.Result.class);
  }

  @Test
  void of_report_isDrawnWithoutErrors() throws IOException {
    Browser.check(page());
    try (Browser browser = Browser.open(page())) {
      assertThat(browser.drawn()).contains("on", "off", "11", "10");
    }
  }

  @Test
  void of_question_isTheNameOfThePhase() throws IOException {
    assertThat(page())
        .contains("<h2 id=\"section-2\">Does &lt;it&gt; pay?</h2>", "Phase 80 of the original.");
  }

  @Test
  void of_fasterPeer_isNeverGreen() throws IOException {
    String text = REPORT.replace("\"X=1\"", "\"malloc\"");
    Reproduction.Result result = Json.read(text, Reproduction.Result.class);
    assertThat(ReproductionPage.of(result, Json.read(text, Provenance.class)))
        .contains("malloc is faster", "class=\"bad\"", "faster in 0 of 1 comparisons")
        .doesNotContain("class=\"good\"", ">GO");
  }

  @Test
  void of_changeThatPays_isGreen() throws IOException {
    assertThat(page()).contains("class=\"good\"", "GO: the change is faster");
  }

  @Test
  void of_text_isEscaped() throws IOException {
    assertThat(page())
        .contains("&lt;b&gt;&amp;&#39;&quot;", "Does &lt;it&gt; pay?", "no &lt;gate&gt;")
        .doesNotContain("<it>", "<gate>");
  }

  @Test
  void of_rows_haveFiguresVerdictsAndEvidence() throws IOException {
    assertThat(page())
        .contains("1.100 (1.050 to 1.200)", "hits=7", "It holds.", "class=\"unsure\"", "no crash");
  }

  @Test
  void print_phase_isReadable() throws IOException {
    StringWriter text = new StringWriter();
    PhaseText.print(report().phases().getFirst(), new PrintWriter(text, true));
    assertThat(text.toString())
        .contains(
            "Does <it> pay? (phase 80)", "1.050 to 1.200", "counters B: hits=7", "here: It holds.")
        .contains("v2: FAILED: no <gate>", "100.0  driver", "crash test, C7: no crash");
  }
}
