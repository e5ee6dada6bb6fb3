package io.hakmem.bench.rivals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.gauge.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rounds of all rows: each measures each row once, the order rotated. */
public final class Contest {

  private final List<Rival> rivals;
  private final Map<Measure, List<Map<String, JsonNode>>> rounds = new EnumMap<>(Measure.class);
  private final Map<String, String> absent = new LinkedHashMap<>();

  /** The rows in the order of the table, {@link Rivals#HAKMEM} among them. */
  public Contest(List<Rival> rivals) {
    this.rivals = List.copyOf(rivals);
  }

  /** Measures a row in a process of its own. */
  @FunctionalInterface
  public interface Forks {
    /** Returns the report of the process. */
    JsonNode measure(Rival rival, Measure measure) throws IOException, InterruptedException;
  }

  /**
   * Runs the rounds. Memory is measured in the first one only: a load takes the same each time.
   *
   * @param progress is told of each process before it starts
   * @throws CommandFailure if the row that all are compared with cannot run
   */
  public void run(int count, Collection<Measure> measures, Forks forks, Consumer<String> progress)
      throws IOException, InterruptedException {
    for (int round = 1; round <= count; round++) {
      for (Measure measure : Set.copyOf(measures).stream().sorted().toList()) {
        if (round == 1 || measure != Measure.MEMORY) {
          rounds
              .computeIfAbsent(measure, _ -> new ArrayList<>())
              .add(round(round, measure, forks, progress));
        }
      }
    }
  }

  private Map<String, JsonNode> round(
      int round, Measure measure, Forks forks, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, JsonNode> reports = new HashMap<>();
    for (int i = 0; i < rivals.size(); i++) {
      Rival rival = rivals.get((i + round - 1) % rivals.size());
      progress.accept("round " + round + ", " + measure + ": " + rival.name());
      if (absent.containsKey(rival.name())) {
        continue;
      }
      try {
        reports.put(rival.name(), forks.measure(rival, measure));
      } catch (CommandFailure e) {
        if (rival.name().equals(Rivals.HAKMEM)) {
          throw e;
        }
        absent.put(rival.name(), String.valueOf(e.getMessage()));
      }
    }
    return reports;
  }

  List<Rival> rivals() {
    return rivals;
  }

  /** Why a row cannot run, or null. One that failed in any round has no figures at all. */
  @Nullable String absent(Rival rival) {
    return absent.get(rival.name());
  }

  /** The reports of a row, round by round. */
  List<JsonNode> reports(Measure measure, String rival) {
    return rounds.getOrDefault(measure, List.of()).stream()
        .map(round -> round.get(rival))
        .filter(report -> report != null)
        .map(JsonNode.class::cast)
        .toList();
  }
}
