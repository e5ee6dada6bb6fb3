package io.hakmem.bench.workload;

/** The calls that a round made. */
public record Tally(long allocs, long frees) {

  public Tally plus(Tally other) {
    return new Tally(allocs + other.allocs, frees + other.frees);
  }
}
