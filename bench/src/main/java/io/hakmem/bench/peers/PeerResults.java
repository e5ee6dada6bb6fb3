package io.hakmem.bench.peers;

import io.hakmem.bench.compare.Samples;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.result.Report;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rounds come to: medians, and the ratio of each row's base to it. */
public final class PeerResults {

  private final PeerRounds rounds;
  private final Samples<Peer> speed;
  private final boolean filled;

  /** The rounds are over. */
  public PeerResults(PeerRounds rounds) {
    this.rounds = rounds;
    speed = rounds.samples(Measure.SPEED);
    filled =
        rounds.rows().stream().flatMap(row -> speed.of(row).stream()).anyMatch(Report::isFilled);
  }

  /** A value for each row, in their order. */
  public List<PeerRow> rows() {
    return rounds.rows().stream().map(this::row).toList();
  }

  private PeerRow row(Peer peer) {
    String absent = absent(peer);
    List<Report> fast = absent == null ? speed.of(peer) : List.of();
    Double peak = peer.isFloor() ? null : median(Measure.MEMORY, peer, Report::burstPeakBytes);
    Double left = peer.isFloor() ? null : median(Measure.MEMORY, peer, Report::burstRetainedBytes);
    return new PeerRow(
        peer.name(),
        peer.meaning(),
        peer.role(),
        peer.build().modules(),
        peer.build().commit(),
        absent,
        absent == null ? composition(peer) : null,
        fast.isEmpty() ? null : fast.size(),
        median(Measure.SPEED, peer, Report::coldMops),
        median(Measure.SPEED, peer, Report::steadyMops),
        runs(fast, Report::coldMops),
        runs(fast, Report::steadyMops),
        netNs(peer),
        fast.isEmpty() ? null : speed.ratio(rounds.baseOf(peer), peer, Report::steadyMops),
        fast.isEmpty() || !peer.isHakmem() ? null : fast.getLast().counters(),
        filled ? median(Measure.SPEED, peer, Report::peakResidentBytes) : null,
        filled ? null : median(Measure.SPEED, peer, Report::processPeakResidentBytes),
        median(Measure.LATENCY, peer, Report::allocateP999Ns),
        median(Measure.LATENCY, peer, Report::allocateMaxNs),
        median(Measure.MEMORY, peer, Report::peakRssGrowthBytes),
        peak,
        left,
        peak == null || left == null ? null : (Double) (100 * left / Math.max(1, peak)));
  }

  private static List<Double> runs(List<Report> reports, ToDoubleFunction<Report> figure) {
    return reports.stream().map(figure::applyAsDouble).toList();
  }

  /** Null where nothing was measured. */
  private @Nullable Double median(Measure measure, Peer peer, ToDoubleFunction<Report> figure) {
    Samples<Peer> samples = rounds.samples(measure);
    return absent(peer) != null || samples.of(peer).isEmpty()
        ? null
        : (Double) samples.median(peer, figure);
  }

  private @Nullable Double netNs(Peer peer) {
    Double own = median(Measure.SPEED, peer, Report::steadyMops);
    Double floor =
        rounds.rows().stream()
            .filter(row -> row.isFloor() && row.place() == peer.place())
            .map(row -> median(Measure.SPEED, row, Report::steadyMops))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return own == null || floor == null ? null : (Double) (1e3 / own - 1e3 / floor);
  }

  private @Nullable String composition(Peer peer) {
    return Stream.of(Measure.values())
        .flatMap(measure -> rounds.samples(measure).of(peer).stream())
        .map(report -> report.setup().composition())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String absent(Peer peer) {
    String absent = rounds.absent(peer);
    if (absent != null || !peer.isHakmem()) {
      return absent;
    }
    return speed.of(peer).stream()
        .map(PeerResults::contradiction)
        .filter(Objects::nonNull)
        .findFirst()
        .map(reason -> "void: " + reason)
        .orElse(null);
  }

  /** Why the counters do not show that the load's calls came to HAKMEM, or null when they do. */
  private static @Nullable String contradiction(Report report) {
    String ofAllocs = contradiction(report, "allocs", report.calls().allocs(), "allocations");
    if (ofAllocs != null) {
      return ofAllocs;
    }
    String ofFrees = contradiction(report, "frees", report.calls().frees(), "frees");
    long refused = report.counters().getOrDefault("refused_frees", 0L);
    return ofFrees != null || refused == 0 ? ofFrees : "%,d frees were refused".formatted(refused);
  }

  /** A reallocation is up to one more of each. */
  private static @Nullable String contradiction(
      Report report, String calls, long ofRound, String counter) {
    long made = ofRound * report.times().rounds();
    long most = made + report.calls().reallocs() * report.times().rounds();
    long counted = report.counters().getOrDefault(counter, -1L);
    return counted >= made && counted <= most
        ? null
        : "%,d %s are counted, of %,d that the load made".formatted(counted, calls, made);
  }
}
