package io.hakmem.bench.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hakmem.bench.peers.Peer.Role;
import io.hakmem.bench.result.Json;
import io.hakmem.bench.verdict.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A row's medians over the rounds. What was not measured is null.
 *
 * @param role what it is in the comparison; null in older results
 * @param modules the folder of another build that its allocator comes from, or null
 * @param commit that its allocator was built from, or null
 * @param absent why there are none, or null
 * @param coldRunsMops each cold round, in M operations/s; empty in older results
 * @param steadyRunsMops the steady state of each process
 * @param netNs the time of an operation above that of the loop without an allocator
 * @param hakmem the speed of HAKMEM divided by this one
 * @param counters of HAKMEM: they show that it ran
 */
public record PeerRow(
    String name,
    String meaning,
    @Nullable Role role,
    @Nullable String modules,
    @Nullable String commit,
    @Nullable String absent,
    @Nullable String composition,
    @Nullable Integer runs,
    @Nullable Double coldMops,
    @Nullable Double steadyMops,
    @JsonInclude(Include.NON_EMPTY) List<Double> coldRunsMops,
    @JsonInclude(Include.NON_EMPTY) List<Double> steadyRunsMops,
    @Nullable Double netNs,
    @JsonUnwrapped(prefix = "hakmem_") @Nullable Estimate hakmem,
    @Nullable SortedMap<String, Long> counters,
    @Nullable Double peakResidentBytes,
    @Nullable Double processPeakResidentBytes,
    @Nullable Double allocateP999Ns,
    @Nullable Double allocateMaxNs,
    @Nullable Double peakRssGrowthBytes,
    @Nullable Double burstPeakBytes,
    @Nullable Double burstRetainedBytes,
    @Nullable Double burstRetainedPercent) {

  /** An absent row has no ratio, in a result that was opened again neither. */
  public PeerRow {
    hakmem = Estimate.known(hakmem);
  }

  /** The figures of rows whose speed alone was measured, by name; a net time may be null. */
  public static Map<String, Object> byName(List<PeerRow> rows) {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (PeerRow row : rows) {
      Map<String, @Nullable Object> figures = new LinkedHashMap<>(Json.fields(row));
      figures.keySet().removeAll(Set.of("name", "meaning", "role", "composition", "counters"));
      if (row.absent == null) {
        figures.putIfAbsent("net_ns", null);
      }
      byName.put(row.name, figures);
    }
    return byName;
  }
}
