package io.hakmem.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.page.Browser;
import io.hakmem.bench.page.TerminalWriter;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.peers.PeerResults;
import io.hakmem.bench.peers.PeerRounds;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PeersTableTest {

  private final Locale locale = Locale.getDefault();
  private final Map<Peer, Queue<String>> reports = new LinkedHashMap<>();

  @BeforeEach
  void writeDecimalsAsElsewhere() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  private static String report(double cold, double steady, long mib) {
    return Json.text(
        Map.of(
            "cold_mops",
            cold,
            "steady_mops",
            steady,
            "process_peak_resident_bytes",
            mib << 20,
            "counters",
            Map.of("allocations", 0, "frees", 0)));
  }

  /** A row and the reports of its rounds; none stands for a process that fails. */
  private void add(Peer peer, String... ofRounds) {
    reports.put(peer, new ArrayDeque<>(List.of(ofRounds)));
  }

  private static Peer peer(String name) {
    return Peer.ofJvm(name, "hakmem", name, "");
  }

  private Report measure(Peer peer) throws IOException {
    String report = Objects.requireNonNull(reports.get(peer)).poll();
    if (report == null) {
      throw new CommandFailure("a fork ended with 1: hakmem: no " + peer.name() + " here");
    }
    return Json.read(report, Report.class);
  }

  private List<PeerRow> measured(int count) throws IOException, InterruptedException {
    PeerRounds rounds = new PeerRounds(new ArrayList<>(reports.keySet()));
    rounds.run(count, List.of(Measure.SPEED), (peer, _) -> measure(peer), _ -> {});
    return new PeerResults(rounds).rows();
  }

  private static String printed(List<PeerRow> rows) {
    StringWriter text = new StringWriter();
    PeersTable.print("C6-heavy (M ops/s)", rows, new PrintWriter(text, true));
    return text.toString();
  }

  private void addHakmemAndPeers() {
    add(
        Peer.hakmem("hakmem", "hakmem", List.of(), ""),
        report(3, 100, 2),
        report(1, 140, 4),
        report(2, 125, 3));
    add(
        Peer.hakmem("hakmem again", "hakmem", List.of(), ""),
        report(3, 101, 2),
        report(1, 138, 4),
        report(2, 125, 3));
    add(peer("mi-malloc"), report(10, 90, 5), report(20, 110, 7), report(15, 100, 6));
    add(peer("malloc"));
  }

  @Test
  void print_measuredAndAbsentRows_areMediansRatiosIntervalsAndNetCosts() throws Exception {
    addHakmemAndPeers();
    add(peer("floor"), report(50, 200, 1), report(50, 200, 1), report(50, 200, 1));
    assertThat(printed(measured(3)))
        .isEqualToNormalizingNewlines(
            """
            C6-heavy (M ops/s)
              subject                      cold    steady   net ns hakmem/it 95 % interval  process MiB  runs
              hakmem                       2.00    125.00     3.00      1.00  1.000..1.000          3.0     3
              hakmem again                 2.00    125.00     3.00      1.00  0.990..1.014          3.0     3
              mi-malloc                   15.00    100.00     5.00      1.25  1.111..1.273          6.0     3
              malloc                  absent: a fork ended with 1: hakmem: no malloc here
              floor                       50.00    200.00     0.00      0.63  0.500..0.700          1.0     3
            """);
  }

  @Test
  void print_onATerminal_hasBarsOfAllocatorsAlone() throws Exception {
    addHakmemAndPeers();
    add(peer("floor"), report(50, 200, 1), report(50, 200, 1), report(50, 200, 1));
    StringWriter text = new StringWriter();
    PeersTable.print("C6-heavy (M ops/s)", measured(3), new TerminalWriter(text));
    assertThat(text.toString().lines())
        .contains(
            "  hakmem                       2.00    125.00 ############     3.00      1.00"
                + "  1.000..1.000          3.0     3",
            "  mi-malloc                   15.00    100.00 ##########       5.00      1.25"
                + "  1.111..1.273          6.0     3",
            "  floor                       50.00    200.00                  0.00      0.63"
                + "  0.500..0.700          1.0     3");
  }

  @Test
  void print_floorAbsent_leavesOutTheNetCost() throws Exception {
    addHakmemAndPeers();
    add(peer("floor"));
    assertThat(printed(measured(3)).lines())
        .contains(
            "  hakmem                       2.00    125.00        -      1.00  1.000..1.000"
                + "          3.0     3",
            "  floor                   absent: a fork ended with 1: hakmem: no floor here");
  }

  @Test
  void print_filledReplay_showsWhatIsResidentWhereBlocksAre() throws Exception {
    add(
        Peer.hakmem("hakmem", "hakmem", List.of(), ""),
        report(1, 2, 90)
            .replaceFirst("\\{", "{\"peak_usable_bytes\":1,\"peak_resident_bytes\":1572864,"));
    add(peer("floor"), report(4, 4, 80));
    assertThat(printed(measured(1)))
        .isEqualToNormalizingNewlines(
            """
            C6-heavy (M ops/s)
              subject                      cold    steady   net ns hakmem/it 95 % interval resident MiB  runs
              hakmem                       1.00      2.00   250.00      1.00  1.000..1.000          1.5     1
              floor                        4.00      4.00     0.00      0.50  0.500..0.500            -     1
            """);
  }

  @Test
  void byName_floorAbsent_isNullWhereUnknown() throws Exception {
    addHakmemAndPeers();
    assertThat(new JsonMapper().readTree(Json.text(PeerRow.byName(measured(3)))))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {
                      "hakmem": {
                        "cold_mops": 2.0, "steady_mops": 125.0, "net_ns": null,
                        "process_peak_resident_bytes": 3145728.0, "hakmem_ratio": 1.0,
                        "hakmem_ratio_low": 1.0, "hakmem_ratio_high": 1.0, "runs": 3,
                        "cold_runs_mops": [3.0, 1.0, 2.0], "steady_runs_mops": [100.0, 140.0, 125.0]
                      },
                      "hakmem again": {
                        "cold_mops": 2.0, "steady_mops": 125.0, "net_ns": null,
                        "process_peak_resident_bytes": 3145728.0, "hakmem_ratio": 1.0,
                        "hakmem_ratio_low": 0.9900990099009901,
                        "hakmem_ratio_high": 1.0144927536231885, "runs": 3,
                        "cold_runs_mops": [3.0, 1.0, 2.0],
                        "steady_runs_mops": [101.0, 138.0, 125.0]
                      },
                      "mi-malloc": {
                        "cold_mops": 15.0, "steady_mops": 100.0, "net_ns": null,
                        "process_peak_resident_bytes": 6291456.0, "hakmem_ratio": 1.25,
                        "hakmem_ratio_low": 1.1111111111111112,
                        "hakmem_ratio_high": 1.2727272727272727, "runs": 3,
                        "cold_runs_mops": [10.0, 20.0, 15.0],
                        "steady_runs_mops": [90.0, 110.0, 100.0]
                      },
                      "malloc": {"absent": "a fork ended with 1: hakmem: no malloc here"}
                    }
                    """));
  }

  private static PeersResult all() throws IOException {
    PeersResult result =
        Json.read(
            """
            {"title": "c6, 1 thread", "machine": {"cores": 2}, "plan": {"rounds": 3}, "rows": [
              {"name": "hakmem", "cold_mops": 7.25, "steady_mops": 120.5, "net_ns": 1.234,
               "hakmem_ratio": 1, "hakmem_ratio_low": 0.9, "hakmem_ratio_high": 1.1,
               "peak_rss_growth_bytes": 1572864, "burst_retained_bytes": 1048576,
               "burst_retained_percent": 1.5, "allocate_p999_ns": 60, "allocate_max_ns": 12345},
              {"name": "native-tcmalloc", "absent": "no <library>"}]}
            """,
            PeersResult.class);
    List<PeerRow> rows = new ArrayList<>(result.rows());
    rows.add(
        new PeerRow(
            "jvm-arena",
            "",
            null,
            null,
            null,
            null,
            null,
            1,
            1.0,
            2.0,
            List.of(),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return new PeersResult(result.title(), result.machine(), result.plan(), rows);
  }

  @Test
  void print_measuredAbsentAndPartlyMeasuredRows_areLines() throws IOException {
    StringWriter text = new StringWriter();
    PeersTable.print(all(), new PrintWriter(text, true));
    assertThat(text.toString().lines().skip(3).map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "hakmem 7.3 120.5 1.23 1.000 0.900..1.100 1.5 1.0 1.5% 60 12.3",
            "native-tcmalloc absent: no <library>", "jvm-arena 1.0 2.0 - - - - - - - -");
  }

  @Test
  void page_measuredAndAbsentRows_areEscapedAndDrawn() throws IOException {
    String page = PeersPage.of(all(), new Provenance("peers", "peers", null));
    assertThat(page)
        .contains("absent: no &lt;library&gt;", "<td class=\"n\">120.5")
        .doesNotContain("no <library>");
    Browser.check(page);
  }
}
