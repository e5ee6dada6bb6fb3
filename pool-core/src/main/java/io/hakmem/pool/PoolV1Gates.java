package io.hakmem.pool;

import io.hakmem.spi.Gate;
import java.util.List;

/** The gates of pool v1. */
final class PoolV1Gates {

  static final Gate<ClassTable> CLASSES =
      Gate.choice(
          "HAKMEM_POOL_CLASSES",
          ClassTable.class,
          ClassTable.FINE,
          "The pool's block sizes: fine wastes little, original is the table of the C allocator.");

  static final Gate<Long> RING_CAPACITY =
      Gate.integer(
          "HAKMEM_POOL_RING_CAPACITY",
          512,
          8,
          65_536,
          "blocks",
          "Most free blocks of one size class that a thread keeps in its ring.");

  static final Gate<Long> LO_CAPACITY =
      Gate.integer(
          "HAKMEM_POOL_LO_CAPACITY",
          1024,
          0,
          1_048_576,
          "blocks",
          "Most free blocks of one size class that a thread keeps beside a full ring.");

  static final Gate<Long> CACHE_BYTES =
      Gate.bytes(
          "HAKMEM_POOL_CACHE_BYTES",
          1L << 20,
          0,
          1L << 30,
          "Most memory of one size class that a thread keeps in its ring, and as much beside it;"
              + " a ring holds at least 8 blocks.");

  static final List<Gate<?>> ALL = List.of(CLASSES, RING_CAPACITY, LO_CAPACITY, CACHE_BYTES);

  private PoolV1Gates() {}
}
