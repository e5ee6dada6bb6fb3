package io.hakmem.bench.peers;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.hakmem.bench.result.Machine;
import java.util.List;
import java.util.Map;

/** What came of a comparison with all peers, and where. */
public record PeersResult(String title, Machine machine, Setup plan, List<PeerRow> rows) {

  /**
   * What was run.
   *
   * @param kernel the load's name in the native driver
   * @param parameters what the load was told
   * @param hakmem the options of HAKMEM's composition
   */
  public record Setup(
      String workload,
      String kernel,
      int threads,
      long ops,
      @JsonAnyGetter @JsonAnySetter Map<String, Number> parameters,
      long allocs,
      long peakLive,
      long peakLiveBytes,
      int rounds,
      int budgetMs,
      int burstBytes,
      String hakmem) {}
}
