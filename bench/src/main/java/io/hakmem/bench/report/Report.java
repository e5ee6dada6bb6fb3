package io.hakmem.bench.report;

import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Footprint;
import io.hakmem.bench.workload.Measurement;
import io.hakmem.bench.workload.ProcessMemory;
import io.hakmem.bench.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of one subject under one load.
 *
 * @param load what was run
 * @param subject the name of what was measured
 * @param profile the profile that counts, or null when there is none
 * @param composition what the subject consists of
 * @param measurement the times
 * @param census what the load demands
 * @param footprint the memory of a filled replay, for traces
 * @param counters the subject's counters after the timed rounds
 * @param statistics lines that the subject's gates ask for
 */
public record Report(
    Workload load,
    String subject,
    @Nullable String profile,
    String composition,
    Measurement measurement,
    Census census,
    @Nullable Footprint footprint,
    SortedMap<String, Long> counters,
    List<String> statistics) {

  /** The fields of the JSON object, in their order. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workload", load.name());
    fields.put("subject", subject);
    fields.put("profile", profile == null ? "default" : profile);
    fields.put("composition", composition);
    fields.put("threads", load.threads());
    fields.put("ops", load.ops());
    fields.putAll(load.parameters());
    putTimes(fields);
    fields.put("allocs", census.calls().allocs());
    fields.put("frees", census.calls().frees());
    if (census.reallocs() > 0) {
      fields.put("reallocs", census.reallocs());
    }
    fields.put("peak_live", census.peakLive());
    fields.put("peak_live_bytes", census.peakLiveBytes());
    putMemory(fields);
    fields.put("counters", counters);
    if (!statistics.isEmpty()) {
      fields.put("statistics", statistics);
    }
    return fields;
  }

  private void putTimes(Map<String, Object> fields) {
    fields.put("cold_mops", mops(measurement.coldNs()));
    fields.put("steady_mops", mops(measurement.medianNs()));
    fields.put("steady_ns_per_op", rounded((double) measurement.medianNs() / load.ops()));
    List<Long> steady = measurement.steadyNs();
    fields.put("runs_mops", steady.stream().map(this::mops).toList());
    fields.put("rounds", measurement.rounds());
  }

  private void putMemory(Map<String, Object> fields) {
    Footprint filled = footprint;
    fields.put("peak_resident_bytes", peakResidentBytes());
    fields.put("committed_peak_bytes", committedPeakBytes());
    if (filled != null) {
      fields.put("verified_blocks", filled.verifiedBlocks());
      fields.put("peak_usable_bytes", filled.peakUsableBytes());
      fields.put("internal_waste", rounded(wasteOf(filled)));
    }
    fields.put("process_resident_bytes", ProcessMemory.residentBytes());
    fields.put("process_peak_resident_bytes", ProcessMemory.peakResidentBytes());
    fields.put("page_faults_cold", measurement.coldFaults());
    fields.put("page_faults_steady", measurement.steadyFaults());
  }

  /** Of a filled replay what is resident where blocks were, else what the allocator can tell. */
  private long peakResidentBytes() {
    if (footprint != null && footprint.peakResidentBytes() > 0) {
      return footprint.peakResidentBytes();
    }
    return committedPeakBytes() > 0 ? committedPeakBytes() : ProcessMemory.peakResidentBytes();
  }

  private long committedPeakBytes() {
    return footprint == null ? measurement.peakCommittedBytes() : footprint.peakCommittedBytes();
  }

  private double wasteOf(Footprint filled) {
    return (double) filled.peakUsableBytes() / Math.max(1, census.peakLiveBytes()) - 1;
  }

  private double mops(long ns) {
    return rounded(load.ops() * 1e3 / ns);
  }

  /** To three digits behind the point, of small values to six: large blocks take long. */
  private static double rounded(double value) {
    double scale = Math.abs(value) < 1 ? 1e6 : 1e3;
    return Math.round(value * scale) / scale;
  }
}
