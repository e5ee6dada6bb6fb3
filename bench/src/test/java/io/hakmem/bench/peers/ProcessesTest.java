package io.hakmem.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.load.Catalogue;
import io.hakmem.bench.measure.Measure;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.result.Report;
import io.hakmem.bench.workload.Plan;
import io.hakmem.bench.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessesTest {

  private static Report measured() throws IOException {
    return Json.read(
        """
        {"steady_mops": 100, "cold_mops": 1, "counters": {"allocations": 0, "frees": 0}}
        """,
        Report.class);
  }

  /** All rows of the load, those of the JVM without a process. */
  private static List<PeerRow> rows(String name) throws Exception {
    List<Peer> peers = new ArrayList<>(Peers.own(List.of()));
    peers.addAll(Peers.peers(List.of()));
    PeerRounds rounds = new PeerRounds(peers);
    Workload load = Catalogue.of(name, 1);
    Plan plan = new Plan(0, 1, 1);
    try (Processes processes =
        new Processes(name, load, load.census().calls(), plan, System.getenv())) {
      rounds.run(
          1,
          List.of(Measure.SPEED),
          (peer, measure) ->
              peer.place() == Peer.Place.JVM ? measured() : processes.measure(peer, measure),
          step -> {});
    }
    return new PeerResults(rounds).rows();
  }

  @Test
  void measure_loadWithoutKernel_leavesEachNativeRowAbsent() throws Exception {
    assertThat(rows("virtual"))
        .anySatisfy(row -> assertThat(row.name()).isEqualTo(Peers.FLOOR_NATIVE))
        .allSatisfy(
            row -> {
              if (row.name().contains("native")) {
                assertThat(row.absent()).isEqualTo("the load virtual has no loop in C");
              } else {
                assertThat(row.absent()).isNull();
                assertThat(row.netNs()).isNotNull();
              }
            });
  }
}
