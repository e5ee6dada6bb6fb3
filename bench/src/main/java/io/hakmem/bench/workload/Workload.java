package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;

/** A deterministic load: the same calls in each round. */
public interface Workload {

  /** Its name in reports. */
  String name();

  /** How many threads take part. */
  int threads();

  /** The operations of one round of all threads. */
  long ops();

  /** The largest request. */
  int maxBytes();

  /** Runs one thread's part of a round. */
  Tally run(Blocks blocks, int thread);

  /** What all threads of a round must count, and what lives at most; found without an allocator. */
  Census census();
}
