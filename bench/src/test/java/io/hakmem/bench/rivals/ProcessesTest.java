package io.hakmem.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hakmem.bench.gauge.Measure;
import io.hakmem.bench.workload.Catalogue;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProcessesTest {

  private static final JsonNode MEASURED =
      new JsonMapper()
          .createObjectNode()
          .put("steady_mops", 100)
          .put("cold_mops", 1)
          .set(
              "counters",
              new JsonMapper().createObjectNode().put("allocations", 0).put("frees", 0));

  /** All rows of the load, those of the JVM without a process. */
  private static List<Map<String, Object>> rows(String name) throws Exception {
    List<Rival> rivals = new ArrayList<>(Rivals.own(List.of()));
    rivals.addAll(Rivals.peers(List.of()));
    Contest contest = new Contest(rivals);
    Workload load = Catalogue.of(name, 1);
    Plan plan = new Plan(0, 1, 1);
    try (Processes processes =
        new Processes(name, load, load.census().calls(), plan, System.getenv())) {
      contest.run(
          1,
          List.of(Measure.SPEED),
          (rival, measure) ->
              rival.place() == Rival.Place.JVM ? MEASURED : processes.measure(rival, measure),
          step -> {});
    }
    return new Standings(contest).rows();
  }

  @Test
  void measure_loadWithoutKernel_leavesEachNativeRowAbsent() throws Exception {
    assertThat(rows("virtual"))
        .anySatisfy(row -> assertThat(row).containsEntry("name", Rivals.FLOOR_NATIVE))
        .allSatisfy(
            row -> {
              if (String.valueOf(row.get("name")).contains("native")) {
                assertThat(row).containsEntry("absent", "the load virtual has no loop in C");
              } else {
                assertThat(row).doesNotContainKey("absent").containsKey("net_ns");
              }
            });
  }
}
