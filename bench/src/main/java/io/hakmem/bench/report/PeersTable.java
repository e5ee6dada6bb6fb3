package io.hakmem.bench.report;

import io.hakmem.bench.compare.Estimate;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.report.Table.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Peers for terminals, and as one page that needs no other file and no network. */
public final class PeersTable {

  private static final double MIB = 1 << 20;

  private static final Table<PeerRow> ALL = new Table<>("  ", columns(), PeersTable::absent);

  private PeersTable() {}

  private static List<Column<PeerRow>> columns() {
    return List.of(
        Column.text("%-23s", "", PeerRow::name),
        Column.figure("%8s", "cold\nM/s", 1, PeerRow::coldMops),
        Column.figure("%8s", "steady\nM/s", 1, PeerRow::steadyMops),
        Column.figure("%7s", "net ns\nper op", 2, PeerRow::netNs),
        Column.figure("%7s", "hakmem/\nit", 3, PeersTable::ratio),
        Column.number("%13s", "95 %\ninterval", PeersTable::interval),
        Column.figure("%8s", "peak\nMiB", 1, row -> mib(row.peakRssGrowthBytes())),
        Column.figure("%8s", "retained\nMiB", 1, row -> mib(row.burstRetainedBytes())),
        Column.number("%6s", "of its\npeak", PeersTable::retained),
        Column.figure("%7s", "p99.9\nns", 0, PeerRow::allocateP999Ns),
        Column.figure("%9s", "max\nus", 1, row -> divided(row.allocateMaxNs(), 1e3)));
  }

  /** Of rows whose speed alone was measured; a filled replay knows what its blocks take. */
  private static List<Column<PeerRow>> columnsOfSpeed(boolean filled) {
    return List.of(
        Column.text("%-23s", "subject", PeerRow::name),
        Column.figure("%9s", "cold", 2, PeerRow::coldMops),
        Column.figure("%9s", "steady", 2, PeerRow::steadyMops),
        Column.figure("%8s", "net ns", 2, PeerRow::netNs),
        Column.figure("%9s", "hakmem/it", 2, PeersTable::ratio),
        Column.number("%13s", "95 % interval", PeersTable::interval),
        filled
            ? Column.figure("%12s", "resident MiB", 1, row -> mib(row.peakResidentBytes()))
            : Column.figure("%12s", "process MiB", 1, row -> mib(row.processPeakResidentBytes())),
        Column.figure("%5s", "runs", 0, PeerRow::runs));
  }

  private static @Nullable String absent(PeerRow row) {
    return row.absent() == null ? null : "absent: " + row.absent();
  }

  private static @Nullable Double ratio(PeerRow row) {
    return row.hakmem() == null ? null : (Double) row.hakmem().median();
  }

  private static String interval(PeerRow row) {
    Estimate ratio = row.hakmem();
    return ratio == null
        ? "-"
        : Table.decimals(3, ratio.low()) + ".." + Table.decimals(3, ratio.high());
  }

  private static @Nullable Double mib(@Nullable Double bytes) {
    return divided(bytes, MIB);
  }

  private static @Nullable Double divided(@Nullable Double figure, double unit) {
    return figure == null ? null : (Double) (figure / unit);
  }

  private static String retained(PeerRow row) {
    Double percent = row.burstRetainedPercent();
    return Table.decimals(1, percent) + (percent == null ? "" : "%");
  }

  /** Prints one line for each row. */
  public static void print(PeersResult result, PrintWriter out) {
    out.println(result.title());
    ALL.print(result.rows(), out);
  }

  /** Prints rows whose speed alone was measured. */
  public static void print(String title, List<PeerRow> rows, PrintWriter out) {
    out.println(title);
    boolean filled = rows.stream().anyMatch(row -> row.peakResidentBytes() != null);
    new Table<>("  ", columnsOfSpeed(filled), PeersTable::absent).print(rows, out);
  }

  /** The page of a comparison. */
  public static String page(PeersResult result) {
    List<PeerRow> rows = result.rows();
    List<Column<PeerRow>> columns = new ArrayList<>(ALL.columns());
    columns.add(Column.text("%s", "what it is", PeersTable::what));
    HtmlPage page = new HtmlPage("HAKMEM and its peers: " + result.title());
    page.table(new Table<>("", columns, PeersTable::absent), rows, _ -> "");
    bars(page, rows, "Steady state", "M operations/s", PeerRow::steadyMops);
    bars(page, rows, "Time above the loop without an allocator", "ns", PeerRow::netNs);
    bars(page, rows, "99.9 % of allocations take at most", "ns", PeerRow::allocateP999Ns);
    bars(page, rows, "Growth under the load", "bytes", PeerRow::peakRssGrowthBytes);
    page.facts("machine", result.machine());
    page.facts("plan", result.plan());
    return page.end();
  }

  private static String what(PeerRow row) {
    String composition = row.composition() == null ? "" : row.composition();
    return row.meaning() + "; " + composition.lines().findFirst().orElse("");
  }

  /** One bar for each row that has the figure; no chart if none has. */
  private static void bars(
      HtmlPage page,
      List<PeerRow> rows,
      String title,
      String unit,
      Function<PeerRow, @Nullable Double> figure) {
    List<PeerRow> there = rows.stream().filter(row -> figure.apply(row) != null).toList();
    if (!there.isEmpty()) {
      List<String> names = there.stream().map(PeerRow::name).toList();
      List<Double> values = there.stream().map(figure).toList();
      page.chart(title, unit, chart -> chart.add("median", names, values, null));
    }
  }
}
