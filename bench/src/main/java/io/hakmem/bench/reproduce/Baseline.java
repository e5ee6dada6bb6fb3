package io.hakmem.bench.reproduce;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.compare.Load;
import io.hakmem.bench.compare.Side;
import java.util.List;

/**
 * A baseline, measured twice for control, and what is compared with it, all interleaved.
 *
 * @param workload the name of the load
 * @param threads the threads of the load
 * @param ops the operations of each in a round
 * @param label what people call the baseline
 * @param text its profile and gates
 * @param variants what is compared with it
 */
public record Baseline(
    String workload, int threads, int ops, String label, String text, List<Variant> variants) {

  private static final int STANDARD_OPS = 1_000_000;

  /** Copies what it is given. */
  public Baseline {
    variants = List.copyOf(variants);
  }

  /** Under the standard call. */
  static Baseline standard(String workload, String label, String text, Variant... variants) {
    return new Baseline(workload, 1, STANDARD_OPS, label, text, List.of(variants));
  }

  Baseline withThreads(int count) {
    return new Baseline(workload, count, ops, label, text, variants);
  }

  Baseline withOps(int count) {
    return new Baseline(workload, threads, count, label, text, variants);
  }

  Configuration configuration() {
    return Configuration.parse(Side.A, text);
  }

  Load load() {
    return Load.of(workload, threads, ops);
  }

  /** The forks of one round. */
  int forks() {
    return variants.size() + 2;
  }

  /** The rounds of a fork that come to as many operations as those of the standard call. */
  int scaled(int rounds) {
    return (int) Math.max(rounds, (long) rounds * STANDARD_OPS / ops);
  }

  /** What is measured, whatever it is measured for: baselines of one key share their forks. */
  Object key() {
    return List.of(workload, threads, ops, text, variants.stream().map(Variant::text).toList());
  }
}
