package io.hakmem.pool.v2;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of pool v2. The others mean nothing while it is not enabled. */
final class V2Gates {

  static final Gate<Boolean> ENABLED =
      Gate.flag(
          "HAKMEM_POOL_V2_ENABLED",
          false,
          "Pool v2 serves blocks of up to 8 KiB, and hands to pool v1 what it cannot serve.");

  static final Gate<Boolean> BLOCK_TO_USER =
      Gate.flag(
          "HAKMEM_POOL_V2_BLOCK_TO_USER",
          true,
          "Blocks of pool v2 lie behind a header of 16 bytes, by which a free finds their page; off,"
              + " the page is looked up.");

  static final Gate<Boolean> TLS_FAST_PATH =
      Gate.flag(
          "HAKMEM_POOL_V2_TLS_FAST_PATH",
          true,
          "Heaps pop the pages of pool v2 by themselves, and without headers push them; off, it is"
              + " asked for each operation.");

  static final List<Gate<?>> ALL = List.of(ENABLED, BLOCK_TO_USER, TLS_FAST_PATH);

  private V2Gates() {}
}
