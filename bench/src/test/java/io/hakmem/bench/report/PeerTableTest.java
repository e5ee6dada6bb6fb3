package io.hakmem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PeerTableTest {

  private final Locale locale = Locale.getDefault();
  private final PeerTable table = new PeerTable("C6-heavy (M ops/s)", "floor");

  @BeforeEach
  void writeDecimalsAsElsewhere() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  private static ObjectNode report(double cold, double steady, long mib) {
    return new JsonMapper()
        .createObjectNode()
        .put("cold_mops", cold)
        .put("steady_mops", steady)
        .put("process_peak_resident_bytes", mib << 20);
  }

  private String printed() {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    return text.toString();
  }

  private void addHakmemAndRivals() {
    table.addRow("hakmem", "hakmem");
    table.addRow("mi-malloc", "hakmem");
    table.addRow("malloc", "hakmem");
    table.add("hakmem", report(3, 100, 2));
    table.add("hakmem", report(1, 140, 4));
    table.add("hakmem", report(2, 125, 3));
    table.add("mi-malloc", report(10, 90, 5));
    table.add("mi-malloc", report(20, 110, 7));
    table.addAbsent("malloc", "a fork ended with 1: hakmem: no malloc here");
  }

  @Test
  void print_measuredAndAbsentRows_areMediansRatiosAndNetCosts() {
    addHakmemAndRivals();
    table.addRow("floor", "hakmem");
    table.add("floor", report(50, 200, 1));
    assertThat(printed())
        .isEqualToNormalizingNewlines(
            """
            C6-heavy (M ops/s)
              subject                   cold    steady   net ns hakmem/it  process MiB  runs
              hakmem                    2.00    125.00     3.00      1.00          3.0     3
              mi-malloc                15.00    100.00     5.00      1.25          6.0     2
              malloc               absent: a fork ended with 1: hakmem: no malloc here
              floor                    50.00    200.00     0.00      0.63          1.0     1
            """);
  }

  @Test
  void print_floorAbsent_leavesOutTheNetCost() {
    addHakmemAndRivals();
    table.addRow("floor", "hakmem");
    assertThat(printed().lines())
        .contains(
            "  hakmem                    2.00    125.00        -      1.00          3.0     3",
            "  floor                absent: no result");
  }

  @Test
  void print_filledReplay_showsWhatIsResidentWhereBlocksAre() {
    table.addRow("hakmem", "hakmem");
    table.addRow("floor", "hakmem");
    table.add(
        "hakmem", report(1, 2, 90).put("peak_usable_bytes", 1).put("peak_resident_bytes", 3 << 19));
    table.add("floor", report(4, 4, 80));
    assertThat(printed())
        .isEqualToNormalizingNewlines(
            """
            C6-heavy (M ops/s)
              subject                   cold    steady   net ns hakmem/it resident MiB  runs
              hakmem                    1.00      2.00   250.00      1.00          1.5     1
              floor                     4.00      4.00     0.00      0.50            -     1
            """);
  }

  @Test
  void fields_floorAbsent_areNullWhereUnknown() throws IOException {
    addHakmemAndRivals();
    JsonNode rows = new JsonMapper().valueToTree(table.fields());
    assertThat(rows)
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {
                      "hakmem": {
                        "cold_mops": 2.0, "steady_mops": 125.0, "net_ns": null,
                        "process_peak_resident_bytes": 3145728.0, "hakmem_ratio": 1.0, "runs": 3
                      },
                      "mi-malloc": {
                        "cold_mops": 15.0, "steady_mops": 100.0, "net_ns": null,
                        "process_peak_resident_bytes": 6291456.0, "hakmem_ratio": 1.25, "runs": 2
                      },
                      "malloc": {"absent": "a fork ended with 1: hakmem: no malloc here"}
                    }
                    """));
  }
}
