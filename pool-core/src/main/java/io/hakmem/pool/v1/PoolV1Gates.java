package io.hakmem.pool.v1;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of pool v1. */
final class PoolV1Gates {

  static final Gate<ClassTable> CLASSES =
      Gate.choice(
          "HAKMEM_POOL_CLASSES",
          ClassTable.class,
          ClassTable.FINE,
          "The pool's block sizes: fine wastes little, original is the table of the C allocator.");

  static final List<Gate<?>> ALL = List.of(CLASSES);

  private PoolV1Gates() {}
}
