package io.hakmem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.compare.Comparison;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Side;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Measures A, B and A again in each round, the order rotated, so that drift hits all alike. */
final class AbRounds {

  private final Forks forks;
  private final int rounds;

  AbRounds(Forks forks, int rounds) {
    this.forks = forks;
    this.rounds = rounds;
  }

  /** Measures a configuration in a JVM of its own. */
  @FunctionalInterface
  interface Forks {
    JsonNode run(Configuration configuration) throws IOException, InterruptedException;
  }

  /**
   * Runs the rounds; one in which a fork fails does not count.
   *
   * @throws CommandFailure if too few rounds count
   */
  void run(Comparison comparison) throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      run(comparison, round);
    }
    Progress.clear();
    if (comparison.rounds() < Comparison.LEAST_ROUNDS) {
      throw new CommandFailure(
          "%d of %d rounds are left, at least %d are needed; dropped: %s"
              .formatted(
                  comparison.rounds(),
                  rounds,
                  Comparison.LEAST_ROUNDS,
                  comparison.dropped().getLast()));
    }
  }

  private void run(Comparison comparison, int round) throws IOException, InterruptedException {
    Side[] sides = Side.values();
    Map<Side, JsonNode> reports = new EnumMap<>(Side.class);
    for (int i = 0; i < sides.length; i++) {
      Side side = sides[(i + round - 1) % sides.length];
      Progress.show("round " + round + " of " + rounds + ": " + side);
      try {
        reports.put(side, measure(comparison.configuration(side)));
      } catch (CommandFailure e) {
        comparison.drop(round, side, String.valueOf(e.getMessage()));
        return;
      }
    }
    comparison.add(reports);
  }

  private JsonNode measure(Configuration configuration) throws IOException, InterruptedException {
    JsonNode report = forks.run(configuration);
    if (!(report.path("cold_mops").asDouble() > 0 && report.path("steady_mops").asDouble() > 0)) {
      throw new CommandFailure("a fork reported no throughput");
    }
    return report;
  }
}
