package io.hakmem.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.fork.CommandFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures A, each B and A again in each round, the order rotated, so that drift hits all alike.
 * Comparisons with one A share its forks.
 */
public final class AbRounds {

  private final Forks forks;
  private final int rounds;
  private final Consumer<String> progress;

  /** The progress is told of each fork before it starts. */
  public AbRounds(Forks forks, int rounds, Consumer<String> progress) {
    this.forks = forks;
    this.rounds = rounds;
    this.progress = progress;
  }

  /** Measures a configuration in a JVM of its own. */
  @FunctionalInterface
  public interface Forks {
    /** Returns the report of the measuring command. */
    JsonNode run(Configuration configuration) throws IOException, InterruptedException;
  }

  /** One fork of a round. Two may measure the same. */
  private record Place(int number, String name, Configuration configuration) {}

  /**
   * Runs the rounds; one in which a fork fails does not count for the comparisons it is part of.
   */
  public void run(List<Comparison> comparisons) throws IOException, InterruptedException {
    List<Place> places = places(comparisons);
    for (int round = 1; round <= rounds; round++) {
      run(comparisons, places, round);
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

  private void run(List<Comparison> comparisons, List<Place> places, int round)
      throws IOException, InterruptedException {
    Map<Place, JsonNode> reports = new LinkedHashMap<>();
    Map<Place, String> failures = new LinkedHashMap<>();
    for (int i = 0; i < places.size() && isUseful(places, failures.keySet()); i++) {
      Place place = places.get((i + round - 1) % places.size());
      progress.accept("round " + round + " of " + rounds + ": " + place.name());
      try {
        reports.put(place, measure(place.configuration()));
      } catch (CommandFailure e) {
        failures.put(place, place.name() + ": " + e.getMessage());
      }
    }
    for (int i = 0; i < comparisons.size(); i++) {
      List<Place> own = List.of(places.getFirst(), places.get(i + 1), places.getLast());
      if (reports.keySet().containsAll(own)) {
        comparisons.get(i).add(sides(own, reports));
      } else {
        comparisons.get(i).drop(round, reason(own, failures));
      }
    }
  }

  /** False when no comparison can count any more: A or its control failed, or every B did. */
  private static boolean isUseful(List<Place> places, Set<Place> failed) {
    return !failed.contains(places.getFirst())
        && !failed.contains(places.getLast())
        && failed.size() < places.size() - 2;
  }

  private static Map<Side, JsonNode> sides(List<Place> own, Map<Place, JsonNode> reports) {
    Iterator<Place> places = own.iterator();
    Map<Side, JsonNode> sides = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      sides.put(side, Objects.requireNonNull(reports.get(places.next())));
    }
    return sides;
  }

  private static String reason(List<Place> own, Map<Place, String> failures) {
    return own.stream()
        .filter(failures::containsKey)
        .findFirst()
        .map(failures::get)
        .orElseGet(() -> failures.values().iterator().next());
  }

  private JsonNode measure(Configuration configuration) throws IOException, InterruptedException {
    JsonNode report = forks.run(configuration);
    if (!(report.path("cold_mops").asDouble() > 0 && report.path("steady_mops").asDouble() > 0)) {
      throw new CommandFailure("a fork reported no throughput");
    }
    return report;
  }
}
