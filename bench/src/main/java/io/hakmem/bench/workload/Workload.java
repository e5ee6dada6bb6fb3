package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Subject;
import java.util.Map;

/** A deterministic load: the same calls in each round. */
public interface Workload {

  /** Its name in reports. */
  String name();

  /** How many threads take part; some loads need more than they were asked for. */
  int threads();

  /** The operations of one round of all threads. */
  long ops();

  /** What else it was told, by the name in reports and in their order. */
  Map<String, Number> parameters();

  /** The largest request. */
  int maxBytes();

  /**
   * Runs one thread's part of a round. A part that starts threads makes them as the subject does,
   * and each takes the calls of its own.
   */
  Tally run(Subject subject, int thread);

  /** What all threads of a round must count, and what lives at most; found without an allocator. */
  Census census();

  /** Whether the native driver has the same loop, in a kernel of the same name. */
  default boolean hasNativeKernel() {
    return true;
  }
}
