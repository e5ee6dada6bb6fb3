package io.hakmem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TextReportTest {

  private final Locale locale = Locale.getDefault();
  private final Map<String, Object> fields = new LinkedHashMap<>();

  @BeforeEach
  void writeDecimalsAsElsewhere() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  private String printed() {
    StringWriter text = new StringWriter();
    TextReport.print(fields, new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void print_figures_haveUnits() {
    fields.put("workload", "replay");
    fields.put("ops", 1_000_000L);
    fields.put("seed", 1234);
    fields.put("min_bytes", 257);
    fields.put("steady_mops", 2.5);
    fields.put("steady_ns_per_op", 400.0);
    fields.put("runs_mops", List.of(2.0, 2.5));
    fields.put("allocs", 500_104L);
    fields.put("peak_live_bytes", 3L << 19);
    fields.put("committed_peak_bytes", -1L);
    fields.put("internal_waste", 0.085);
    fields.put("counters", Map.of("remote_frees", 12_345L));
    fields.put("not_known_here", 7);
    assertThat(printed())
        .isEqualToNormalizingNewlines(
            """
            workload                     replay
            operations a round           1,000,000
            seed                         1234
            smallest request             257 B
            steady state, median         2.500 M ops/s
            the same, per operation      400.000 ns
            steady state, each round     2.000 2.500 M ops/s
            allocations a round          500,104 blocks
            live at most, as asked for   1.5 MiB
            held by the allocator        unknown
            usable beyond what is asked  8.5 %
            counters
              remote_frees               12,345
            not known here               7
            """);
  }

  @Test
  void print_composition_showsOnlyGatesThatWereSet() {
    fields.put(
        "composition",
        """
        page source  os
        gate         HAKMEM_CHECKS=on (default)
        gate         HAKMEM_DECAY_MS=77 (builder)
        gate         HAKMEM_PROFILE= (default)
        """);
    assertThat(printed())
        .isEqualToNormalizingNewlines(
            """
            composition
              page source  os
              gate         HAKMEM_DECAY_MS=77 (builder)
              gates        2 at their defaults
            """);
  }
}
