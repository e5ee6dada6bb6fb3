package io.hakmem.pool.v1;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of pool v1. */
final class PoolV1Gates {

  static final Gate<ClassTable> CLASSES =
      Gate.parsed(
              "HAKMEM_POOL_CLASSES",
              ClassTable.class,
              ClassTable.FINE,
              ClassTable.ACCEPTED,
              ClassTable::parse,
              ClassTable::text,
              "The pool's block sizes: fine wastes little, original is the table of the C allocator;"
                  + " a list, such as 64,1024,32768, fits a program that asks for few sizes. Larger"
                  + " requests than the last size get spans of pages.")
          .trying("original", "48,1024,8192");

  static final List<Gate<?>> ALL = List.of(CLASSES);

  private PoolV1Gates() {}
}
