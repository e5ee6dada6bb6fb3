package io.hakmem.bench.turns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets sides take turns. All are loaded before the first of them runs, and warmed up in turns, so
 * that what HotSpot throws away because of one side's classes is compiled again before it counts.
 */
final class TurnRounds {

  private final List<Series> sides;
  private final TurnPlan plan;
  private final Consumer<String> progress;

  TurnRounds(List<Series> sides, TurnPlan plan, Consumer<String> progress) {
    this.sides = List.copyOf(sides);
    this.plan = plan;
    this.progress = progress;
  }

  void run() throws IOException {
    long began = System.nanoTime();
    int turns = 0;
    while (plan.isWarmingUp(turns, sides.size(), System.nanoTime() - began)) {
      progress.accept("warming up, turn " + (turns + 1));
      for (int side : order(turns, sides.size())) {
        sides.get(side).warmUp(plan.turnNs());
      }
      turns++;
    }
    // What loading and composing left behind is collected in nobody's turn.
    System.gc();
    for (int round = 0; round < plan.runs(); round++) {
      progress.accept("round " + (round + 1) + " of " + plan.runs());
      for (int side : order(round, sides.size())) {
        sides.get(side).measure(plan.turnNs());
      }
    }
  }

  /**
   * Who comes after whom in a round: forth and back, and one further after both, so that no side
   * always has the same one before it.
   */
  static List<Integer> order(int round, int sides) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < sides; i++) {
      order.add((i + round / 2) % sides);
    }
    return round % 2 == 0 ? order : order.reversed();
  }
}
