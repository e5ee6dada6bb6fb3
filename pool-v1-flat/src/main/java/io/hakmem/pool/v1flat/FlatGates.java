package io.hakmem.pool.v1flat;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of the flatten box. */
final class FlatGates {

  static final Gate<Boolean> ENABLED =
      Gate.flag(
          "HAKMEM_POOL_V1_FLATTEN_ENABLED",
          false,
          "Heaps pop and push the pages of pool v1 by themselves; off, pool v1 is asked for each"
              + " operation.");

  static final Gate<Boolean> STATS =
      Gate.flag(
          "HAKMEM_POOL_V1_FLATTEN_STATS",
          false,
          "Hits and fallbacks of the flatten box are counted; all are zero while it is off.");

  static final List<Gate<?>> ALL = List.of(ENABLED, STATS);

  private FlatGates() {}
}
