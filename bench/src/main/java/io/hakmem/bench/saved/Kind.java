package io.hakmem.bench.saved;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.compare.ComparisonResult;
import io.hakmem.bench.footprint.FootprintResult;
import io.hakmem.bench.peers.PeersResult;
import io.hakmem.bench.reproduce.Reproduction;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.sweep.SweepResult;
import io.hakmem.bench.tune.TuneResult;
import io.hakmem.bench.turns.TurnsReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a result can be, by the command that wrote it. */
enum Kind {
  PEERS(PeersResult.class),
  AB(ComparisonResult.class),
  TURNS(TurnsReport.class),
  FOOTPRINT(FootprintResult.class),
  REPRODUCE(Reproduction.Result.class),
  SWEEP(SweepResult.class),
  TUNE(TuneResult.class),
  MEASURE(Report.class);

  private final Class<?> type;

  Kind(Class<?> type) {
    this.type = type;
  }

  Class<?> type() {
    return type;
  }

  /** The commands that write it. */
  private List<String> commands() {
    return switch (this) {
      case PEERS, AB, TURNS, FOOTPRINT, REPRODUCE, SWEEP, TUNE ->
          List.of(name().toLowerCase(Locale.ROOT));
      case MEASURE -> List.of("measure", "replay", "mid-large-mt");
    };
  }

  /** Fields that no other kind has all of. */
  private List<String> fields() {
    return switch (this) {
      case PEERS -> List.of("plan", "rows");
      case AB -> List.of("a", "b", "control");
      case TURNS -> List.of("plan", "sides");
      case FOOTPRINT -> List.of("subjects", "scale", "rows");
      case REPRODUCE -> List.of("phases");
      case SWEEP -> List.of("gates", "points", "control");
      case TUNE -> List.of("objective", "held_back", "noise");
      case MEASURE -> List.of("subject", "steady_mops", "runs_mops");
    };
  }

  /** The kind that a result names; of results without a name, the one whose fields it has. */
  static Optional<Kind> of(JsonNode result) {
    String command = result.path("kind").asText();
    return Stream.of(values())
        .filter(kind -> command.isEmpty() || kind.commands().contains(command))
        .filter(kind -> kind.fields().stream().allMatch(result::has))
        .findFirst();
  }

  @Override
  public String toString() {
    return String.join(" or ", commands());
  }
}
