package io.hakmem.bench.report;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.page.Table;
import io.hakmem.bench.page.Table.Column;
import io.hakmem.bench.peers.Peer;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.Peers;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.verdict.Estimate;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Peers for terminals. */
public final class PeersTable {

  private static final double MIB = 1 << 20;

  private static final Table<PeerRow> ALL = new Table<>("  ", columns(), PeersTable::absent);

  private PeersTable() {}

  static List<Column<PeerRow>> columns() {
    return List.of(
        Column.text("%-23s", "", PeerRow::name),
        Column.figure("%8s", "cold\nM/s", 1, PeerRow::coldMops),
        Column.barred("%8s", "steady\nM/s", 1, PeerRow::steadyMops, PeersTable::bar),
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
        Column.barred("%9s", "steady", 2, PeerRow::steadyMops, PeersTable::bar),
        Column.figure("%8s", "net ns", 2, PeerRow::netNs),
        Column.figure("%9s", "hakmem/it", 2, PeersTable::ratio),
        Column.number("%13s", "95 % interval", PeersTable::interval),
        filled
            ? Column.figure("%12s", "resident MiB", 1, row -> mib(row.peakResidentBytes()))
            : Column.figure("%12s", "process MiB", 1, row -> mib(row.processPeakResidentBytes())),
        Column.figure("%5s", "runs", 0, PeerRow::runs));
  }

  /** The loops without an allocator have none: they would leave little to those of the others. */
  private static @Nullable Double bar(PeerRow row) {
    return Peers.role(row) == Peer.Role.FLOOR ? null : row.steadyMops();
  }

  static @Nullable String absent(PeerRow row) {
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
    for (PeerRow row : result.rows()) {
      String build = AllocatorBuild.name(row.modules(), row.commit());
      if (!build.isEmpty()) {
        out.println("  " + row.name() + ": " + build);
      }
    }
    ALL.print(result.rows(), out);
  }

  /** Prints rows whose speed alone was measured. */
  public static void print(String title, List<PeerRow> rows, PrintWriter out) {
    out.println(title);
    boolean filled = rows.stream().anyMatch(row -> row.peakResidentBytes() != null);
    new Table<>("  ", columnsOfSpeed(filled), PeersTable::absent).print(rows, out);
  }
}
