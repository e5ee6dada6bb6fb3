package io.hakmem.bench.result;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hakmem.Composition;
import io.hakmem.Stats;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one process measured of one subject under one load; in JSON one flat object. What the
 * process did not measure is null.
 *
 * @param counters the subject's own, after the timed rounds
 * @param statistics lines that the gates ask for
 * @param composed what HAKMEM was; null of other subjects
 */
public record Report(
    @JsonUnwrapped Setup setup,
    @JsonUnwrapped Times times,
    @JsonUnwrapped Calls calls,
    @JsonUnwrapped Memory memory,
    SortedMap<String, Long> counters,
    @JsonInclude(Include.NON_EMPTY) List<String> statistics,
    @JsonUnwrapped @Nullable Latency latency,
    @JsonUnwrapped @Nullable Burst burst,
    @JsonUnwrapped @Nullable Neighbour neighbour,
    @Nullable Composed composed) {

  /**
   * What HAKMEM was, as data.
   *
   * @param sizeClasses figures of each size class that has a page or had an allocation, by box
   */
  public record Composed(Composition composition, List<Stats.SizeClass> sizeClasses) {}

  /**
   * What ran.
   *
   * @param profile the profile that counts, or {@code default}
   * @param composition what the subject consists of, in one or more lines, for people
   * @param version what a native library says of itself
   * @param ops the operations of a round, all threads together
   * @param parameters what else the load was told; of a report that was read, every other field too
   */
  public record Setup(
      String workload,
      String subject,
      String profile,
      String composition,
      @Nullable String version,
      int threads,
      long ops,
      @JsonAnyGetter @JsonAnySetter Map<String, Object> parameters) {

    /** The largest request that the load was told; without limit if it was told none. */
    public long maxBytes() {
      return parameters.get("max_bytes") instanceof Number bytes
          ? bytes.longValue()
          : Long.MAX_VALUE;
    }
  }

  /** The speed of rounds; {@code rounds} counts those of the warm-up too. */
  public record Times(
      double coldMops,
      double steadyMops,
      double steadyNsPerOp,
      List<Double> runsMops,
      int rounds) {}

  /** The calls of one round, and what lives at most. */
  public record Calls(
      long allocs,
      long frees,
      @JsonInclude(Include.NON_DEFAULT) long reallocs,
      @Nullable Long peakLive,
      @Nullable Long peakLiveBytes) {}

  /**
   * The memory of the process.
   *
   * @param peakResidentBytes of a filled replay what was resident where blocks were, else what the
   *     allocator can tell, else that of the process
   * @param committedPeakBytes -1 when the allocator cannot tell
   * @param verifiedBlocks of a filled replay, like the next two
   * @param internalWaste the part by which blocks could hold more than was asked for
   * @param memorySamples of a filled replay what was held over its events
   */
  public record Memory(
      @Nullable Long peakResidentBytes,
      @Nullable Long committedPeakBytes,
      @Nullable Long verifiedBlocks,
      @Nullable Long peakUsableBytes,
      @Nullable Double internalWaste,
      long processResidentBytes,
      long processPeakResidentBytes,
      long pageFaultsCold,
      long pageFaultsSteady,
      @JsonInclude(Include.NON_EMPTY) List<MemorySample> memorySamples) {}

  /** The times of single allocations. */
  public record Latency(long allocateP999Ns, long allocateMaxNs) {}

  /** The growth of the process under the load, and by a burst behind it. */
  public record Burst(long peakRssGrowthBytes, long burstPeakBytes, long burstRetainedBytes) {}

  /** A second composition in the same JVM. */
  public record Neighbour(
      @JsonProperty("beside") @Nullable String profile,
      @JsonProperty("beside_rounds") @Nullable Integer rounds,
      @JsonProperty("beside_steady_mops") @Nullable Double steadyMops,
      @JsonProperty("beside_counters") @Nullable SortedMap<String, Long> counters) {}

  /** The speed of composing and of the first round, in M operations/s. */
  public double coldMops() {
    return times.coldMops;
  }

  /** The median of the rounds that count, in M operations/s. */
  public double steadyMops() {
    return times.steadyMops;
  }

  /** True of a replay that filled its blocks. */
  @JsonIgnore
  public boolean isFilled() {
    return memory.peakUsableBytes != null;
  }

  /** What is resident at most, where the blocks are or of the process. */
  public double peakResidentBytes() {
    return memory.peakResidentBytes == null ? Double.NaN : memory.peakResidentBytes;
  }

  /** The size of the process at most. */
  public double processPeakResidentBytes() {
    return memory.processPeakResidentBytes;
  }

  /** What 99.9 % of the allocations do not exceed; these five are of measures other than speed. */
  public double allocateP999Ns() {
    return requireNonNull(latency).allocateP999Ns;
  }

  /** The longest allocation. */
  public double allocateMaxNs() {
    return requireNonNull(latency).allocateMaxNs;
  }

  /** How far the process grew under the load. */
  public double peakRssGrowthBytes() {
    return requireNonNull(burst).peakRssGrowthBytes;
  }

  /** What a burst took. */
  public double burstPeakBytes() {
    return requireNonNull(burst).burstPeakBytes;
  }

  /** What was left of it. */
  public double burstRetainedBytes() {
    return requireNonNull(burst).burstRetainedBytes;
  }
}
