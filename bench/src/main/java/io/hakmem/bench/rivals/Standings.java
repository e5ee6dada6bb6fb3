package io.hakmem.bench.rivals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hakmem.bench.compare.Estimate;
import io.hakmem.bench.gauge.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rounds come to: medians, and the ratio of the first row to each. */
public final class Standings {

  private static final String STEADY = "steady_mops";

  /** These are HAKMEM itself: that their counters moved shows that it ran. */
  private static final Set<String> WITH_COUNTERS =
      Set.of(Rivals.HAKMEM, Rivals.CHECKS_OFF, Rivals.CONTROL);

  /** One block for each thread makes no burst. */
  private static final Set<String> FLOORS = Set.of(Rivals.FLOOR_JVM, Rivals.FLOOR_NATIVE);

  private final Contest contest;

  /** The contest is over. */
  public Standings(Contest contest) {
    this.contest = contest;
  }

  /** A value for each row, in their order; what was not measured is not there. */
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Rival rival : contest.rivals()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", rival.name());
      row.put("meaning", rival.meaning());
      String absent = contest.absent(rival);
      if (absent == null) {
        put(row, rival);
      } else {
        row.put("absent", absent);
      }
      rows.add(row);
    }
    return rows;
  }

  private void put(Map<String, Object> row, Rival rival) {
    for (Measure measure : Measure.values()) {
      List<JsonNode> reports = contest.reports(measure, rival.name());
      if (!reports.isEmpty()) {
        row.put("composition", reports.getLast().path("composition").asText());
        switch (measure) {
          case SPEED -> putSpeed(row, rival, reports);
          case LATENCY -> putLatency(row, reports);
          case MEMORY -> putMemory(row, rival, reports);
        }
      }
    }
  }

  private void putSpeed(Map<String, Object> row, Rival rival, List<JsonNode> reports) {
    double steady = median(reports, STEADY);
    if (WITH_COUNTERS.contains(rival.name())) {
      for (JsonNode report : reports) {
        String contradiction = contradiction(report);
        if (contradiction != null) {
          row.put("absent", "void: " + contradiction);
          return;
        }
      }
    }
    row.put("runs", reports.size());
    row.put("cold_mops", median(reports, "cold_mops"));
    row.put(STEADY, steady);
    String floor = rival.place() == Rival.Place.JVM ? Rivals.FLOOR_JVM : Rivals.FLOOR_NATIVE;
    List<JsonNode> floors = contest.reports(Measure.SPEED, floor);
    if (!floors.isEmpty()) {
      row.put("net_ns", 1e3 / steady - 1e3 / median(floors, STEADY));
    }
    Estimate ratio = ratio(reports);
    row.put("hakmem_ratio", ratio.median());
    row.put("hakmem_ratio_low", ratio.low());
    row.put("hakmem_ratio_high", ratio.high());
    if (WITH_COUNTERS.contains(rival.name())) {
      row.put("counters", reports.getLast().path("counters"));
    }
  }

  /** Why the counters do not show that the load's calls came to HAKMEM, or null when they do. */
  private static @Nullable String contradiction(JsonNode report) {
    JsonNode counters = report.path("counters");
    for (String calls : List.of("allocs", "frees")) {
      long made = report.path(calls).asLong() * report.path("rounds").asLong();
      long most = made + report.path("reallocs").asLong() * report.path("rounds").asLong();
      long counted = counters.path(calls.equals("allocs") ? "allocations" : calls).asLong(-1);
      if (counted < made || counted > most) {
        return "%,d %s are counted, of %,d that the load made".formatted(counted, calls, made);
      }
    }
    long refused = counters.path("refused_frees").asLong();
    return refused == 0 ? null : "%,d frees were refused".formatted(refused);
  }

  /** Round by round, since what slows one process of a round slows the next one too. */
  private Estimate ratio(List<JsonNode> reports) {
    List<JsonNode> own = contest.reports(Measure.SPEED, Rivals.HAKMEM);
    double[] ratios = new double[reports.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = own.get(i).path(STEADY).asDouble() / reports.get(i).path(STEADY).asDouble();
    }
    return Estimate.of(ratios);
  }

  private static void putLatency(Map<String, Object> row, List<JsonNode> reports) {
    row.put("allocate_p999_ns", median(reports, "allocate_p999_ns"));
    row.put("allocate_max_ns", median(reports, "allocate_max_ns"));
  }

  private static void putMemory(Map<String, Object> row, Rival rival, List<JsonNode> reports) {
    row.put("peak_rss_growth_bytes", median(reports, "peak_rss_growth_bytes"));
    if (FLOORS.contains(rival.name())) {
      return;
    }
    double peak = median(reports, "burst_peak_bytes");
    double retained = median(reports, "burst_retained_bytes");
    row.put("burst_peak_bytes", peak);
    row.put("burst_retained_bytes", retained);
    row.put("burst_retained_percent", 100 * retained / Math.max(1, peak));
  }

  private static double median(List<JsonNode> reports, String field) {
    return Estimate.median(
        reports.stream().mapToDouble(report -> report.path(field).asDouble()).toArray());
  }
}
