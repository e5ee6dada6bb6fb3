package io.hakmem.bench.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hakmem.bench.report.Machine;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Phases that are measured one after the other into one report.
 *
 * @param phases what is measured
 * @param schedule how often
 * @param mostOps the most operations of a round
 */
public record Reproduction(List<Phase> phases, Schedule schedule, int mostOps) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Measures; the steps are told before each fork, and each phase when it is done. */
  public JsonNode run(LocalDateTime now, Consumer<String> step, Consumer<JsonNode> done)
      throws InterruptedException {
    ObjectNode report = JSON.createObjectNode();
    report.set("machine", JSON.valueToTree(Machine.fields(now, Machine.sources())));
    report.set("plan", JSON.valueToTree(schedule.fields()));
    ArrayNode results = report.putArray("phases");
    PhaseRun run = new PhaseRun(schedule, mostOps, step);
    for (Phase phase : phases) {
      JsonNode result = result(run, phase);
      results.add(result);
      done.accept(result);
    }
    return report;
  }

  private static JsonNode result(PhaseRun run, Phase phase) throws InterruptedException {
    try {
      return JSON.valueToTree(run.run(phase));
    } catch (IOException | RuntimeException e) {
      return JSON.valueToTree(
          Map.of(
              "name",
              phase.name(),
              "question",
              phase.question(),
              "original",
              phase.original(),
              PhaseRun.FAILED,
              e.toString()));
    }
  }

  /** Whether anything in a report could not be measured. */
  public static boolean isFailed(JsonNode report) {
    return report.findValue(PhaseRun.FAILED) != null;
  }
}
