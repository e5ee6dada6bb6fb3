package io.hakmem.supply;

import io.hakmem.heap.StackRoom;
import io.hakmem.memory.GuardedSource;

/**
 * Asks the system for huge pages where a whole one is in use: of one that is used in part all is
 * resident. The monitor of {@link RegionSupply} guards it.
 */
final class HugePages {

  /** Longer runs are large blocks, whose callers may use a part of them only. */
  private static final long MOST_RUN_BYTES = RegionRuns.UNIT_BYTES / 2;

  private final GuardedSource source;
  private final SharedLimit.Account account;
  private final long fromBytes;

  /** Asks once the account holds more than so many bytes. */
  HugePages(GuardedSource source, SharedLimit.Account account, long fromBytes) {
    this.source = source;
    this.account = account;
    this.fromBytes = fromBytes;
  }

  private boolean areWanted() {
    return account.held() > fromBytes;
  }

  /** Is told of a run before it is handed out: it may be the last one of a huge page. */
  void beforeTake(RegionRuns home, long base, long bytes) {
    if (bytes < MOST_RUN_BYTES && areWanted()) {
      long unit = home.takeFilledUnit(base, bytes);
      if (unit >= 0) {
        StackRoom.requireForSystemCall();
        source.preferHugePages(unit, RegionRuns.UNIT_BYTES);
      }
    }
  }

  /** Is told of a mapping of its own. */
  void mapped(long base, long bytes) {
    if (areWanted()) {
      source.preferHugePages(base, bytes);
    }
  }

  /** Is told of a range that went back, so that the system does not fill it again. */
  void decommitted(RegionRuns home, long base, long bytes) {
    for (long unit = home.takeHugeUnit(base, bytes);
        unit >= 0;
        unit = home.takeHugeUnit(base, bytes)) {
      source.preferSmallPages(unit, RegionRuns.UNIT_BYTES);
    }
  }
}
