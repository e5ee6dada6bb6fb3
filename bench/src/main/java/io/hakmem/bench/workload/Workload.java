package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;
import java.util.Map;

/** A deterministic load: the same calls in each round. */
public interface Workload {

  /** Its name in reports. */
  String name();

  /** How many threads take part. */
  int threads();

  /** The operations of one round of all threads. */
  long ops();

  /** What else it was told, by the name in reports and in their order. */
  Map<String, Number> parameters();

  /** The largest request. */
  int maxBytes();

  /** Runs one thread's part of a round. */
  Tally run(Blocks blocks, int thread);

  /** What all threads of a round must count, and what lives at most; found without an allocator. */
  Census census();
}
