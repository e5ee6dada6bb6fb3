package io.hakmem.bench.workload;

import java.util.List;

/**
 * The times of one subject under one load.
 *
 * @param coldNs composing and the first round
 * @param steadyNs each round after the warm-up
 * @param rounds all rounds, those of the warm-up included
 * @param calls the calls of one round
 * @param coldFaults the page faults of composing and the first round
 * @param steadyFaults the page faults of all rounds after the warm-up
 * @param peakCommittedBytes the most the allocator held after a round, or -1 when it cannot tell
 */
public record Measurement(
    long coldNs,
    List<Long> steadyNs,
    int rounds,
    Tally calls,
    long coldFaults,
    long steadyFaults,
    long peakCommittedBytes) {

  /** The median of the rounds after the warm-up. */
  public long medianNs() {
    return steadyNs.stream().sorted().toList().get(steadyNs.size() / 2);
  }
}
