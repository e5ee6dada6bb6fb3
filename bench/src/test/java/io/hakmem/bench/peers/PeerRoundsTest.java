package io.hakmem.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.verdict.Estimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PeerRoundsTest {

  private static final List<Peer> ROWS =
      Stream.concat(
              Peers.own(List.of()).stream(),
              Peers.peers(List.of("native-malloc", "jvm-arena")).stream())
          .toList();

  /** What the control counts of its 21 allocations. */
  private long counted = 21;

  private final List<String> started = new ArrayList<>();
  private final PeerRounds rounds = new PeerRounds(ROWS);

  /** Speeds by row; the arena fails. */
  private Report measure(Peer peer, Measure measure) throws IOException {
    started.add(measure + " " + peer.name());
    if (peer.name().equals("jvm-arena")) {
      throw new CommandFailure("no arena here");
    }
    int mops =
        switch (peer.name()) {
          case Peers.FLOOR_JVM -> 200;
          case Peers.FLOOR_NATIVE -> 250;
          case "native-malloc" -> 50;
          default -> 100;
        };
    return Json.read(
        """
        {"steady_mops": %d, "cold_mops": 1, "burst_peak_bytes": 200, "burst_retained_bytes": 5,
         "rounds": 3, "allocs": 7, "frees": 7,
         "counters": {"allocations": %d, "frees": 21, "refused_frees": 0}}
        """
            .formatted(mops, peer.name().equals(Peers.CONTROL) ? counted : 21),
        Report.class);
  }

  private PeerRow row(String name) {
    return new PeerResults(rounds)
        .rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void run_twoRounds_rotatesAndMeasuresMemoryOnce() throws Exception {
    rounds.run(2, List.of(Measure.MEMORY, Measure.SPEED), this::measure, step -> {});
    assertThat(started.stream().filter(step -> step.startsWith("memory"))).hasSize(6);
    assertThat(started.stream().filter(step -> step.startsWith("speed")))
        .startsWith("speed hakmem", "speed hakmem-checks-off")
        .endsWith("speed native-malloc", "speed hakmem")
        .filteredOn("speed jvm-arena"::equals)
        .hasSize(1);
  }

  @Test
  void rows_measured_areRatiosAndNetCostsOverTheirOwnFloor() throws Exception {
    rounds.run(3, List.of(Measure.SPEED, Measure.MEMORY), this::measure, step -> {});
    assertThat(row("jvm-arena").absent()).isEqualTo("no arena here");
    assertThat(row("native-malloc").hakmem()).isEqualTo(new Estimate(2, 2, 2));
    assertThat(row("native-malloc").burstRetainedPercent()).isEqualTo(2.5);
    assertThat(row("native-malloc").netNs()).isCloseTo(16, within(1e-9));
    assertThat(row("hakmem").netNs()).isCloseTo(5, within(1e-9));
  }

  @Test
  void rows_countersThatDoNotShowTheCalls_areVoid() throws Exception {
    counted = 20;
    rounds.run(1, List.of(Measure.SPEED), this::measure, step -> {});
    assertThat(row(Peers.CONTROL).absent())
        .isEqualTo("void: 20 allocs are counted, of 21 that the load made");
    assertThat(row(Peers.CONTROL).steadyMops()).isNull();
    assertThat(row(Peers.HAKMEM).steadyMops()).isEqualTo(100.0);
  }

  @Test
  void run_withoutTheFirstRow_fails() {
    assertThatThrownBy(
            () ->
                rounds.run(
                    1,
                    List.of(Measure.SPEED),
                    (peer, measure) -> {
                      throw new CommandFailure("nothing runs");
                    },
                    step -> {}))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("nothing runs");
  }
}
