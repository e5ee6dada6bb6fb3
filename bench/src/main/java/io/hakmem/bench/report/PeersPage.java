package io.hakmem.bench.report;

import io.hakmem.bench.page.Bar;
import io.hakmem.bench.page.Chart;
import io.hakmem.bench.page.Family;
import io.hakmem.bench.page.HtmlPage;
import io.hakmem.bench.page.Mark;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.Peers;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.result.Provenance;
import io.hakmem.bench.verdict.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A comparison with peers as a page. */
public final class PeersPage {

  private static final String MOPS = "M operations/s";

  private PeersPage() {}

  /** The page of a comparison. */
  public static String of(PeersResult result, Provenance from) {
    List<PeerRow> rows = result.rows();
    HtmlPage page =
        new HtmlPage(
            "HAKMEM and its peers: " + result.title(), Conclusions.ofPeers(result.title(), rows));
    charts(
        page,
        "Speed",
        List.of(
            speed(rows),
            ratios(rows),
            times("Time of an operation above the loop alone", "ns", rows, PeerRow::netNs)));
    charts(
        page,
        "Single allocations",
        List.of(
            times("99.9 % of allocations take at most", "ns", rows, PeerRow::allocateP999Ns),
            times("Longest allocation", "us", rows, row -> divided(row.allocateMaxNs(), 1e3))));
    charts(
        page,
        "Memory",
        List.of(
            times("Growth under the load", "MiB", rows, row -> mib(row.peakRssGrowthBytes())),
            times("Kept after a burst", "MiB", rows, row -> mib(row.burstRetainedBytes()))));
    page.section("All figures");
    List<Column<PeerRow>> columns = new ArrayList<>(PeersTable.columns());
    columns.add(Column.text("%s", "what it is", PeersPage::what));
    page.table(new Table<>("", columns, PeersTable::absent), rows, _ -> "");
    page.facts("What was run", result.plan());
    page.provenance(from);
    return page.end();
  }

  /** The steady state of each, with the loops alone as lines. */
  public static Chart.Bars speed(List<PeerRow> rows) {
    List<Bar> bars = new ArrayList<>();
    List<Mark> floors = new ArrayList<>();
    for (PeerRow row : rows) {
      Double mops = row.steadyMops();
      if (mops == null) {
        continue;
      }
      if (Peers.role(row) == Peer.Role.FLOOR) {
        floors.add(new Mark(row.name(), mops));
      } else {
        Estimate own = interval(row.steadyRunsMops());
        bars.add(
            new Bar(
                row.name(),
                family(row),
                mops,
                own == null ? null : (Double) own.low(),
                own == null ? null : (Double) own.high(),
                row.meaning()));
      }
    }
    return Chart.Bars.sorted("Steady state; more is better", MOPS, bars, floors);
  }

  /** The interval of a median; none of so few rounds that it says nothing. */
  private static @Nullable Estimate interval(List<Double> runs) {
    return runs.size() < Estimate.LEAST_VALUES
        ? null
        : Estimate.of(runs.stream().mapToDouble(d -> d).toArray());
  }

  /** The speed of HAKMEM divided by that of each other, round by round. */
  private static Chart.Bars ratios(List<PeerRow> rows) {
    List<Bar> bars = new ArrayList<>();
    for (PeerRow row : rows) {
      Estimate ratio = row.hakmem();
      Peer.Role role = Peers.role(row);
      if (ratio != null && role != Peer.Role.HAKMEM && role != Peer.Role.FLOOR) {
        bars.add(
            new Bar(
                row.name(), family(row), ratio.median(), ratio.low(), ratio.high(), row.meaning()));
      }
    }
    return Chart.Bars.sorted(
        "HAKMEM's speed divided by that of each; above 1 HAKMEM is faster",
        "times",
        bars,
        List.of(new Mark("as fast", 1)));
  }

  /** Of figures of which less is better; the loops alone are no allocators. */
  private static Chart.Bars times(
      String title, String unit, List<PeerRow> rows, Function<PeerRow, @Nullable Double> figure) {
    List<Bar> bars = new ArrayList<>();
    for (PeerRow row : rows) {
      Double value = figure.apply(row);
      if (value != null && Peers.role(row) != Peer.Role.FLOOR) {
        bars.add(new Bar(row.name(), family(row), value, null, null, row.meaning()));
      }
    }
    return Chart.Bars.smallestFirst(title + "; less is better", unit, bars, List.of());
  }

  /** A section of those that have bars: what was not measured is not shown. */
  private static void charts(HtmlPage page, String section, List<Chart.Bars> charts) {
    List<Chart.Bars> there = charts.stream().filter(chart -> !chart.bars().isEmpty()).toList();
    if (!there.isEmpty()) {
      page.section(section);
      there.forEach(page::chart);
    }
  }

  private static Family family(PeerRow row) {
    return switch (Peers.role(row)) {
      case HAKMEM -> Family.HAKMEM;
      case CONTROL -> Family.CONTROL;
      case NATIVE -> Family.NATIVE;
      case JVM -> Family.JVM;
      case FLOOR -> Family.OTHER;
    };
  }

  private static String what(PeerRow row) {
    String composition = row.composition() == null ? "" : row.composition();
    return row.meaning() + "; " + composition.lines().findFirst().orElse("");
  }

  private static @Nullable Double mib(@Nullable Double bytes) {
    return divided(bytes, 1 << 20);
  }

  private static @Nullable Double divided(@Nullable Double figure, double unit) {
    return figure == null ? null : (Double) (figure / unit);
  }
}
