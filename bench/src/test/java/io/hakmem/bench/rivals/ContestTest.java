package io.hakmem.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.gauge.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ContestTest {

  private static final List<Rival> ROWS =
      Stream.concat(
              Rivals.own(List.of()).stream(),
              Rivals.peers(List.of("native-malloc", "jvm-arena")).stream())
          .toList();

  /** What the control counts of its 21 allocations. */
  private long counted = 21;

  private final List<String> started = new ArrayList<>();
  private final Contest contest = new Contest(ROWS);

  /** Speeds by row; the arena fails. */
  private JsonNode measure(Rival rival, Measure measure) {
    started.add(measure + " " + rival.name());
    if (rival.name().equals("jvm-arena")) {
      throw new CommandFailure("no arena here");
    }
    double mops =
        switch (rival.name()) {
          case Rivals.FLOOR_JVM -> 200;
          case Rivals.FLOOR_NATIVE -> 250;
          case "native-malloc" -> 50;
          default -> 100;
        };
    ObjectNode report =
        new JsonMapper()
            .createObjectNode()
            .put("steady_mops", mops)
            .put("cold_mops", 1)
            .put("burst_peak_bytes", 200)
            .put("burst_retained_bytes", 5)
            .put("rounds", 3)
            .put("allocs", 7)
            .put("frees", 7);
    report
        .putObject("counters")
        .put("allocations", rival.name().equals(Rivals.CONTROL) ? counted : 21)
        .put("frees", 21)
        .put("refused_frees", 0);
    return report;
  }

  private static Map<String, Object> row(List<Map<String, Object>> rows, String name) {
    return rows.stream().filter(row -> name.equals(row.get("name"))).findFirst().orElseThrow();
  }

  private static double netNs(List<Map<String, Object>> rows, String name) {
    return (double) Objects.requireNonNull(row(rows, name).get("net_ns"));
  }

  @Test
  void run_twoRounds_rotatesAndMeasuresMemoryOnce() throws Exception {
    contest.run(2, List.of(Measure.MEMORY, Measure.SPEED), this::measure, step -> {});
    assertThat(started.stream().filter(step -> step.startsWith("memory"))).hasSize(6);
    assertThat(started.stream().filter(step -> step.startsWith("speed")))
        .startsWith("speed hakmem", "speed hakmem-checks-off")
        .endsWith("speed native-malloc", "speed hakmem")
        .filteredOn("speed jvm-arena"::equals)
        .hasSize(1);
  }

  @Test
  void rows_measured_areRatiosAndNetCostsOverTheirOwnFloor() throws Exception {
    contest.run(3, List.of(Measure.SPEED, Measure.MEMORY), this::measure, step -> {});
    List<Map<String, Object>> rows = new Standings(contest).rows();
    assertThat(row(rows, "jvm-arena")).containsEntry("absent", "no arena here");
    assertThat(row(rows, "native-malloc")).containsEntry("hakmem_ratio", 2.0);
    assertThat(row(rows, "native-malloc")).containsEntry("burst_retained_percent", 2.5);
    assertThat(netNs(rows, "native-malloc")).isCloseTo(16, within(1e-9));
    assertThat(netNs(rows, "hakmem")).isCloseTo(5, within(1e-9));
  }

  @Test
  void rows_countersThatDoNotShowTheCalls_areVoid() throws Exception {
    counted = 20;
    contest.run(1, List.of(Measure.SPEED), this::measure, step -> {});
    List<Map<String, Object>> rows = new Standings(contest).rows();
    assertThat(row(rows, Rivals.CONTROL))
        .containsEntry("absent", "void: 20 allocs are counted, of 21 that the load made")
        .doesNotContainKey("steady_mops");
    assertThat(row(rows, Rivals.HAKMEM)).containsEntry("steady_mops", 100.0);
  }

  @Test
  void run_withoutTheFirstRow_fails() {
    assertThatThrownBy(
            () ->
                contest.run(
                    1,
                    List.of(Measure.SPEED),
                    (rival, measure) -> {
                      throw new CommandFailure("nothing runs");
                    },
                    step -> {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("nothing runs");
  }
}
