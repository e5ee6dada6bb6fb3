package io.hakmem.bench.compare;

import io.hakmem.bench.compare.Round.Forks;
import io.hakmem.bench.result.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures A, each B and A again in each round, the order rotated, so that drift hits all alike.
 * Comparisons with one A share its forks.
 *
 * @param progress is told of each fork before it starts
 */
public record AbRounds(Forks<Configuration> forks, int rounds, Consumer<String> progress) {

  /** One fork of a round. Two may measure the same. */
  private record Place(int number, String name, Configuration configuration) {}

  /**
   * Runs the rounds; one in which a fork fails does not count for the comparisons it is part of.
   */
  public void run(List<Comparison> comparisons) throws IOException, InterruptedException {
    List<Place> places = places(comparisons);
    for (int number = 1; number <= rounds; number++) {
      String step = "round " + number + " of " + rounds + ": ";
      Round<Place> round =
          Round.run(
              number,
              places,
              made -> isUseful(places, made.failures().keySet()),
              place -> progress.accept(step + place.name()),
              place -> forks.run(place.configuration()));
      for (int i = 0; i < comparisons.size(); i++) {
        List<Place> own = List.of(places.getFirst(), places.get(i + 1), places.getLast());
        add(number, round, own, comparisons.get(i));
      }
    }
  }

  private static List<Place> places(List<Comparison> comparisons) {
    Configuration a = comparisons.getFirst().configuration(Side.A);
    List<Place> places = new ArrayList<>();
    places.add(new Place(0, Side.A.toString(), a));
    for (Comparison comparison : comparisons) {
      places.add(new Place(places.size(), Side.B.toString(), comparison.configuration(Side.B)));
    }
    places.add(new Place(places.size(), Side.CONTROL.toString(), a));
    return places;
  }

  /** False when no comparison can count any more: A or its control failed, or every B did. */
  private static boolean isUseful(List<Place> places, Set<Place> failed) {
    return !failed.contains(places.getFirst())
        && !failed.contains(places.getLast())
        && failed.size() < places.size() - 2;
  }

  private static void add(int number, Round<Place> round, List<Place> own, Comparison comparison) {
    Map<Side, Report> sides = new EnumMap<>(Side.class);
    Iterator<Place> places = own.iterator();
    for (Side side : Side.values()) {
      Report report = round.reports().get(places.next());
      if (report != null) {
        sides.put(side, report);
      }
    }
    if (sides.size() == own.size()) {
      comparison.add(sides);
    } else {
      comparison.drop(number, reason(own, round.failures()));
    }
  }

  private static String reason(List<Place> own, Map<Place, String> failures) {
    Place failed =
        own.stream()
            .filter(failures::containsKey)
            .findFirst()
            .orElseGet(() -> failures.keySet().iterator().next());
    return failed.name() + ": " + failures.get(failed);
  }
}
