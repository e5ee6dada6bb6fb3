package io.hakmem.smallmid;

import io.hakmem.spi.Gate;
import java.util.List;

/** The gates of the smallmid box. */
final class SmallmidGates {

  private static final long MOST_BLOCKS = 4096;

  static final Gate<Boolean> ENABLE =
      Gate.flag(
          "HAKMEM_SMALLMID_ENABLE",
          false,
          "Blocks of 256, 512 and 1024 B come from a front with a stack of its own for each class.");

  static final Gate<Boolean> STATS =
      Gate.flag("HAKMEM_SMALLMID_STATS", false, "Batches and misses of the front are counted.");

  static final Gate<Long> STACK_256 = stack(256, 32);
  static final Gate<Long> STACK_512 = stack(512, 24);
  static final Gate<Long> STACK_1024 = stack(1024, 16);

  static final List<Gate<?>> ALL = List.of(ENABLE, STACK_256, STACK_512, STACK_1024, STATS);

  private SmallmidGates() {}

  private static Gate<Long> stack(int blockBytes, long blocks) {
    return Gate.integer(
        "HAKMEM_SMALLMID_STACK_" + blockBytes,
        blocks,
        1,
        MOST_BLOCKS,
        "blocks",
        "Unused blocks of %d B that a page puts on its stack at a time.".formatted(blockBytes));
  }
}
