package io.hakmem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class StandingsTableTest {

  private static JsonNode standings() throws IOException {
    return new JsonMapper()
        .readTree(
            """
            {"title": "c6, 1 thread", "rows": [
              {"name": "hakmem", "cold_mops": 7.25, "steady_mops": 120.5, "net_ns": 1.234,
               "hakmem_ratio": 1, "hakmem_ratio_low": 0.9, "hakmem_ratio_high": 1.1,
               "peak_rss_growth_bytes": 1572864, "burst_retained_bytes": 1048576,
               "burst_retained_percent": 1.5, "allocate_p999_ns": 60, "allocate_max_ns": 12345},
              {"name": "native-tcmalloc", "absent": "no <library>"},
              {"name": "jvm-arena", "cold_mops": 1, "steady_mops": 2}]}
            """);
  }

  @Test
  void print_measuredAbsentAndPartlyMeasuredRows_areLines() throws IOException {
    StringWriter text = new StringWriter();
    StandingsTable.print(standings(), new PrintWriter(text, true));
    assertThat(text.toString().lines().skip(3).map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "hakmem 7.3 120.5 1.23 1.000 0.900..1.100 1.5 1.0 1.5% 60 12.3",
            "native-tcmalloc absent: no <library>", "jvm-arena 1.0 2.0 - - - - - - - -");
  }

  @Test
  void page_measuredAndAbsentRows_areEscapedAndDrawn() throws IOException {
    assertThat(StandingsPage.of(standings()))
        .contains("absent: no &lt;library&gt;", "data:image/png;base64,", "<td class=\"n\">120.5")
        .doesNotContain("no <library>");
  }
}
