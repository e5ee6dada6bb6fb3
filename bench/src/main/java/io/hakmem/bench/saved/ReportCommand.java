package io.hakmem.bench.saved;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.option.HtmlOption;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.replay.ReplayPage;
import io.hakmem.bench.report.ComparisonPage;
import io.hakmem.bench.report.ComparisonTable;
import io.hakmem.bench.report.FootprintPage;
import io.hakmem.bench.report.FootprintTable;
import io.hakmem.bench.report.PeersPage;
import io.hakmem.bench.report.PeersTable;
import io.hakmem.bench.report.PhaseText;
import io.hakmem.bench.report.ReproductionPage;
import io.hakmem.bench.report.TextReport;
import io.hakmem.bench.report.TurnsTable;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.sweep.SweepPage;
import io.hakmem.bench.sweep.SweepResult;
import io.hakmem.bench.tune.TunePage;
import io.hakmem.bench.tune.TuneResult;
import io.hakmem.bench.tune.TuneText;
import io.hakmem.bench.turns.TurnsReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hakmem report}: results of other days and machines. */
@Command(
    name = "report",
    description = {
      "Shows or compares results that commands wrote with --json.",
      "One file is shown as its command showed it. Several files are compared figure by "
          + "figure; they must be of the same command and the same workload.",
      "Example: hakmem report monday.json tuesday.json --html both.html"
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

  @Mixin private CallOptions result;

  @Mixin private HtmlOption html;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Results in JSON.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    List<Saved> results = files.stream().map(Saved::open).toList();
    if (results.size() == 1) {
      show(results.getFirst());
    } else {
      ComparedPage compared = new ComparedPage(Compared.of(results));
      checkPage();
      compared.print(result.out());
      result.out().flush();
      html.write(compared::page);
    }
    return 0;
  }

  private void show(Saved saved) throws IOException {
    checkPage();
    String page = html.isGiven() ? page(saved) : ""; // Before it is shown: it may be refused.
    PrintWriter out = result.out();
    switch (saved.result()) {
      case PeersResult peers -> PeersTable.print(peers, out);
      case ComparisonResult comparison -> ComparisonTable.print(comparison, out);
      case TurnsReport turns -> TurnsTable.print(turns, out);
      case FootprintResult footprint -> FootprintTable.print(footprint, out);
      case Reproduction.Result all -> all.phases().forEach(phase -> PhaseText.print(phase, out));
      case SweepResult sweep -> new SweepPage(sweep).print(out);
      case TuneResult tuned -> TuneText.print(tuned, out);
      case Report report -> TextReport.print(report, out);
      default -> throw new IllegalArgumentException("no result: " + saved.kind());
    }
    out.flush();
    html.write(() -> page);
  }

  private void checkPage() {
    html.check(result, files.toArray(Path[]::new));
  }

  private String page(Saved saved) {
    return switch (saved.result()) {
      case PeersResult peers -> PeersPage.of(peers, saved.from());
      case ComparisonResult comparison -> ComparisonPage.of(comparison, saved.from());
      case TurnsReport turns -> ComparisonPage.of(turns, saved.from());
      case FootprintResult footprint -> FootprintPage.of(footprint, saved.from());
      case Reproduction.Result all -> ReproductionPage.of(all, saved.from());
      case SweepResult sweep -> new SweepPage(sweep).page(saved.from());
      case TuneResult tuned -> TunePage.of(tuned, saved.from());
      case Report report when ReplayPage.isPossible(report) -> ReplayPage.of(report, saved.from());
      case Report _ ->
          throw result.wrong("--html: the result of one subject has no page; compare several");
      default -> throw new IllegalArgumentException("no result: " + saved.kind());
    };
  }
}
