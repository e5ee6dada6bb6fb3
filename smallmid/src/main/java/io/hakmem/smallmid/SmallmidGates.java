package io.hakmem.smallmid;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of the smallmid box. */
final class SmallmidGates {

  private static final long MOST_BLOCKS = 4096;

  static final Gate<Boolean> ENABLE =
      Gate.flag(
          "HAKMEM_SMALLMID_ENABLE",
          false,
          "Blocks of 256, 512 and 1024 B come from a front that stacks unused blocks in batches.");

  static final Gate<Boolean> STATS =
      Gate.flag("HAKMEM_SMALLMID_STATS", false, "Batches and misses of the front are counted.");

  static final Gate<Long> BATCH_256 = batch(256, 32);
  static final Gate<Long> BATCH_512 = batch(512, 24);
  static final Gate<Long> BATCH_1024 = batch(1024, 16);

  static final List<Gate<?>> ALL = List.of(ENABLE, BATCH_256, BATCH_512, BATCH_1024, STATS);

  private SmallmidGates() {}

  private static Gate<Long> batch(int blockBytes, long blocks) {
    return Gate.integer(
            "HAKMEM_SMALLMID_BATCH_" + blockBytes,
            blocks,
            1,
            MOST_BLOCKS,
            "blocks",
            "Unused blocks of " + blockBytes + " B that a page puts on its stack at a time.")
        .trying("1", "3", Long.toString(MOST_BLOCKS));
  }
}
