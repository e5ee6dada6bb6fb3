package io.hakmem.bench.saved;

import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.footprint.Cell;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.peers.PeerRow;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.reproduce.PhaseResult;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.sweep.SweepResult;
import io.hakmem.bench.tune.TuneResult;
import io.hakmem.bench.turns.TurnsReport;
import io.hakmem.bench.verdict.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What of results can be compared. */
final class Figures {

  private static final double MIB = 1 << 20;

  private Figures() {}

  /** What was run; only results of the same can be compared. */
  static String workload(Object result) {
    return switch (result) {
      case PeersResult peers -> {
        PeersResult.Setup plan = peers.plan();
        yield "%s, %d threads, %d operations %s"
            .formatted(
                plan.workload(), plan.threads(), plan.ops(), new TreeMap<>(plan.parameters()));
      }
      case ComparisonResult comparison -> comparison.workload();
      case TurnsReport turns -> "%s, %d threads".formatted(turns.workload(), turns.threads());
      case FootprintResult footprint -> "programs of " + footprint.scale();
      case Reproduction.Result _ -> "the experiments";
      case SweepResult sweep -> sweep.workload();
      case TuneResult tuned ->
          "a search by %s beside %s".formatted(tuned.objective(), tuned.base());
      case Report report ->
          "%s, %d threads, %d operations"
              .formatted(report.setup().workload(), report.setup().threads(), report.setup().ops());
      default -> throw new IllegalArgumentException("no result: " + result.getClass());
    };
  }

  /** The figures, by names that results of the same workload have too. */
  static List<Figure> of(Object result) {
    List<Figure> figures = new ArrayList<>();
    switch (result) {
      case PeersResult peers -> peers.rows().forEach(row -> add(row, figures));
      case ComparisonResult comparison -> add("", comparison, figures);
      case TurnsReport turns -> add(turns, figures);
      case FootprintResult footprint -> footprint.rows().forEach(row -> add(row, figures));
      case Reproduction.Result all -> all.phases().forEach(phase -> add(phase, figures));
      case SweepResult sweep -> sweep.points().forEach(point -> add(sweep, point, figures));
      case TuneResult tuned -> tuned.heldBack().forEach(line -> add(line, figures));
      case Report report -> add(report, figures);
      default -> throw new IllegalArgumentException("no result: " + result.getClass());
    }
    return figures;
  }

  private static void add(PeerRow row, List<Figure> figures) {
    if (row.steadyMops() != null) {
      figures.add(Figure.of(row.name(), row.steadyMops(), row.steadyRunsMops()));
    }
    if (row.hakmem() != null) {
      figures.add(Figure.of("HAKMEM / " + row.name(), row.hakmem(), rounds(row)));
    }
    if (row.allocateP999Ns() != null) {
      figures.add(Figure.of(row.name() + ", 99.9 % take at most", "ns", row.allocateP999Ns()));
    }
    if (row.peakRssGrowthBytes() != null) {
      double mib = row.peakRssGrowthBytes() / MIB;
      figures.add(Figure.of(row.name() + ", growth under the load", "MiB", mib));
    }
  }

  private static int rounds(PeerRow row) {
    return row.runs() == null ? 0 : row.runs();
  }

  private static void add(String before, ComparisonResult result, List<Figure> figures) {
    String a = label(result.a().configuration());
    String b = label(result.b().configuration());
    figures.add(Figure.of(before + b + " / " + a, result.b().ratio(), result.rounds()));
    figures.add(Figure.of(before + a + " again / " + a, result.control().ratio(), result.rounds()));
    figures.add(Figure.of(before + a, result.a().steadyMops(), result.a().steadyRunsMops()));
    figures.add(Figure.of(before + b, result.b().steadyMops(), result.b().steadyRunsMops()));
  }

  private static void add(TurnsReport turns, List<Figure> figures) {
    String a = label(turns.sides().getFirst().configuration());
    for (TurnsReport.Row side : turns.sides()) {
      String name = side.name() + ": " + label(side.configuration());
      figures.add(Figure.of(name, side.mops(), side.turnsMops()));
      figures.add(
          Figure.of(
              name + " / " + a,
              new Estimate(side.ratio(), side.low(), side.high()),
              side.turnsMops().size()));
    }
  }

  private static void add(TuneResult.Line line, List<Figure> figures) {
    figures.add(Figure.of("speed of " + line.configuration(), line.speed(), line.rounds()));
    figures.add(Figure.of("leanness of " + line.configuration(), line.leanness(), line.rounds()));
  }

  private static void add(FootprintResult.Measured row, List<Figure> figures) {
    for (Cell cell : row.cells()) {
      if (cell.value() != null) {
        String name = row.name() + ", " + cell.subject();
        figures.add(Figure.of(name, row.unit().toString(), cell.value()));
      }
    }
  }

  private static void add(PhaseResult phase, List<Figure> figures) {
    for (PhaseResult.Row row : phase.rows()) {
      if (row instanceof PhaseResult.Measured measured) {
        String name =
            "%s: %s, %s against %s"
                .formatted(phase.name(), row.workload(), row.label(), row.baseline());
        figures.add(Figure.of(name, measured.result().b().ratio(), measured.result().rounds()));
      }
    }
  }

  private static void add(SweepResult sweep, SweepResult.Point point, List<Figure> figures) {
    String name = String.join(", ", sweep.gates()) + "=" + point.label();
    figures.add(Figure.of(name, point.measured().steadyMops(), point.measured().steadyRunsMops()));
    if (point.measured().steady() != null) {
      String first = sweep.points().getFirst().label();
      figures.add(Figure.of(name + " / " + first, point.measured().ratio(), point.rounds()));
    }
  }

  private static void add(Report report, List<Figure> figures) {
    String name = report.setup().subject() + " " + report.setup().profile();
    figures.add(Figure.of(name, report.steadyMops(), report.times().runsMops()));
    figures.add(Figure.of(name + ", first round", Figure.MOPS, report.coldMops()));
  }

  private static String label(String configuration) {
    return Configuration.label(configuration);
  }
}
