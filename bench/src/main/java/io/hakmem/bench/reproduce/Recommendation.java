package io.hakmem.bench.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of the four configurations of phase 82-final to take, by workload and length. */
public final class Recommendation {

  private static final String BASELINE = "baseline";
  private static final String KEEP = "keep the default";

  /** The phases that the recommendation reads. */
  public static final List<String> PHASES = List.of("82-final", "82-final-mixed");

  private final Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
  private final Set<String> absent = new LinkedHashSet<>(PHASES);

  /** Reads the rows of a report; others than those of {@link #PHASES} say nothing here. */
  public Recommendation(JsonNode report) {
    for (JsonNode phase : report.path("phases")) {
      if (absent.remove(phase.path("name").asText())) {
        phase.path("rows").forEach(this::add);
      }
    }
  }

  private void add(JsonNode row) {
    groups.computeIfAbsent(row.path("workload").asText(), _ -> new ArrayList<>()).add(row);
  }

  /** False when the report has none of the rows. */
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** True when a row that counts could not be measured. */
  public boolean isIncomplete() {
    return groups.values().stream().flatMap(List::stream).anyMatch(row -> row.has(PhaseRun.FAILED));
  }

  /** One entry for each workload and length, and for each phase that the report does not have. */
  public List<Map<String, Object>> fields() {
    List<Map<String, Object>> all = new ArrayList<>();
    groups.forEach((workload, rows) -> all.add(entry(workload, rows)));
    for (String phase : absent) {
      all.add(Map.of("workload", phase, "absent", "measure it with: hakmem reproduce " + phase));
    }
    return all;
  }

  private static Map<String, Object> entry(String workload, List<JsonNode> rows) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("workload", workload);
    List<JsonNode> measured = rows.stream().filter(row -> !row.has(PhaseRun.FAILED)).toList();
    if (measured.isEmpty()) {
      entry.put(PhaseRun.FAILED, rows.getFirst().path(PhaseRun.FAILED).asText());
      return entry;
    }
    entry.put("original", original(measured.getFirst()));
    entry.put("cold", choice(measured, "cold_mops", "cold_ratio", "cold_verdict"));
    entry.put("steady", choice(measured, "steady_mops", "steady_ratio", "verdict"));
    return entry;
  }

  private static String original(JsonNode row) {
    if (!row.path("workload").asText().startsWith("c6")) {
      return "-";
    }
    return row.path("ops").asInt() <= 10_000 ? "zero header" : "both";
  }

  private static Map<String, Object> choice(
      List<JsonNode> rows, String mops, String ratio, String verdict) {
    String best = BASELINE;
    JsonNode chosen = rows.getFirst();
    double most = chosen.path("a").path(mops).asDouble();
    for (JsonNode row : rows) {
      if (row.path("b").path(mops).asDouble() > most) {
        most = row.path("b").path(mops).asDouble();
        best = row.path("label").asText();
        chosen = row;
      }
    }
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("best", best);
    choice.put("mops", most);
    if (best.equals(BASELINE)) {
      choice.put("advice", "none is faster than the baseline: " + KEEP);
      return choice;
    }
    choice.put("verdict", chosen.path(verdict).asText());
    choice.put("advice", advice(best, chosen, chosen.path(verdict).asText(), ratio));
    return choice;
  }

  private static String advice(String best, JsonNode row, String verdict, String ratio) {
    double percent = (row.path("b").path(ratio).asDouble() - 1) * 100;
    return switch (verdict) {
      case "GO" -> String.format(Locale.ROOT, "%s (%+.1f %%)", best, percent);
      case "VOID" -> "nothing: the measurement is void, " + KEEP;
      default -> "no difference, " + KEEP;
    };
  }
}
