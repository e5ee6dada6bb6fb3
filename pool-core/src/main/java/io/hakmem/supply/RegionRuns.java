package io.hakmem.supply;

import io.hakmem.memory.GuardedSource;
import io.hakmem.memory.RegionList;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PageSupply.Run;
import io.hakmem.spi.Region;
import java.util.BitSet;

/**
 * The granules of one region. Each is in one of three states: handed out, ready (committed, and
 * nobody's), or blank (not committed). The sets are as large as they will ever be, so that a change
 * makes no object and cannot fail half-way.
 */
final class RegionRuns implements RegionList.Entry {

  /** The huge page of x86_64, and of aarch64 with small pages of 4 KiB. */
  static final long UNIT_BYTES = 2 << 20;

  private static final long GRANULE = PageSource.GRANULE_BYTES;
  private static final int GRANULES_A_UNIT = (int) (UNIT_BYTES / GRANULE);

  private final Region region;
  private final int granules;
  private final BitSet ready;

  /** Granules that may not be zero: they were handed out since they were committed, or kept. */
  private final BitSet used;

  /** Units for which the system was asked for huge pages. */
  private final BitSet huge;

  private final BitSet blank;
  private int readyCount;

  /** Bytes that were ever decommitted. */
  private long decommittedBytes;

  /** All granules are blank. */
  RegionRuns(Region region) {
    this.region = region;
    this.granules = Math.toIntExact(region.bytes() / GRANULE);
    this.ready = new BitSet(granules);
    this.blank = new BitSet(granules);
    this.used = new BitSet(granules);
    this.huge = new BitSet(granules / GRANULES_A_UNIT + 1);
    blank.set(0, granules);
  }

  @Override
  public Region region() {
    return region;
  }

  long readyBytes() {
    return readyCount * GRANULE;
  }

  /** The lowest address of so many ready bytes, or -1. */
  long firstReady(long bytes) {
    return readyBytes() < bytes ? -1 : firstFit(ready, bytes);
  }

  /** The lowest address of so many blank bytes, or -1. */
  long firstBlank(long bytes) {
    return firstFit(blank, bytes);
  }

  private long firstFit(BitSet free, long bytes) {
    int wanted = Math.toIntExact(bytes / GRANULE);
    int from = free.nextSetBit(0);
    while (from >= 0 && wanted <= granules - from) {
      int end = free.nextClearBit(from);
      if (end - from >= wanted) {
        return region.base() + from * GRANULE;
      }
      from = free.nextSetBit(end);
    }
    return -1;
  }

  /** How many bytes are blank from an address on. */
  long blankFrom(long address) {
    int from = indexOf(address);
    return (blank.nextClearBit(from) - from) * GRANULE;
  }

  /** The run as what is handed out; changes nothing. */
  Run run(long base, long bytes, boolean isZeroWhenNew) {
    boolean isNew = isNone(used, indexOf(base), indexOf(base + bytes));
    return new Run(base, region.slice(base, bytes), isNew && isZeroWhenNew);
  }

  /**
   * The unit around an address, if all else of it is handed out than a range that is about to be,
   * and no huge page was asked for; else -1. Afterwards it counts as asked for.
   */
  long takeFilledUnit(long base, long bytes) {
    int from = indexOf(base);
    int end = indexOf(base + bytes);
    int unit = from / GRANULES_A_UNIT;
    int first = unit * GRANULES_A_UNIT;
    int last = first + GRANULES_A_UNIT;
    boolean isFilled =
        last <= granules
            && !huge.get(unit)
            && isNone(blank, first, last)
            && isNone(ready, first, from)
            && (end >= last || isNone(ready, end, last));
    if (!isFilled) {
      return -1;
    }
    huge.set(unit);
    return region.base() + first * GRANULE;
  }

  /** The first unit in a range with huge pages, which no longer counts as asked for; or -1. */
  long takeHugeUnit(long base, long bytes) {
    int unit = huge.nextSetBit(indexOf(base) / GRANULES_A_UNIT);
    if (unit < 0 || unit * GRANULES_A_UNIT >= indexOf(base + bytes)) {
      return -1;
    }
    huge.clear(unit);
    return region.base() + unit * UNIT_BYTES;
  }

  /** Blank granules were committed. */
  void committed(long base, long bytes) {
    move(blank, ready, base, bytes);
    readyCount += count(bytes);
  }

  /** Ready granules are handed out. */
  void take(long base, long bytes) {
    ready.clear(indexOf(base), indexOf(base + bytes));
    used.set(indexOf(base), indexOf(base + bytes));
    readyCount -= count(bytes);
  }

  /** Whether nothing of a range is handed out, and all of it is in the region. */
  boolean isFree(long base, long bytes) {
    if (!region.contains(base, bytes)) {
      return false;
    }
    int end = indexOf(base + bytes);
    int at = indexOf(base);
    while (at < end) {
      int next = Math.max(ready.nextClearBit(at), blank.nextClearBit(at));
      if (next == at) {
        return false;
      }
      at = next;
    }
    return true;
  }

  /** The first blank granule of a range, or -1. */
  long nextBlank(long base, long bytes) {
    int first = blank.nextSetBit(indexOf(base));
    return first < 0 || first >= indexOf(base + bytes) ? -1 : region.base() + first * GRANULE;
  }

  /** Whether nothing is handed out. */
  boolean isUnused() {
    return readyCount + blank.cardinality() == granules;
  }

  /** Whether all of a range is handed out. */
  boolean isTaken(long base, long bytes) {
    int from = indexOf(base);
    int end = indexOf(base + bytes);
    return isNone(ready, from, end) && isNone(blank, from, end);
  }

  private static boolean isNone(BitSet set, int from, int end) {
    int first = set.nextSetBit(from);
    return first < 0 || first >= end;
  }

  /** What was handed out is ready again. */
  void giveBack(long base, long bytes) {
    ready.set(indexOf(base), indexOf(base + bytes));
    readyCount += count(bytes);
  }

  /** Ready granules were decommitted. */
  void decommitted(long base, long bytes) {
    move(ready, blank, base, bytes);
    used.clear(indexOf(base), indexOf(base + bytes));
    readyCount -= count(bytes);
    decommittedBytes += bytes;
  }

  /** Bytes that were decommitted since the region was made. */
  long decommittedBytes() {
    return decommittedBytes;
  }

  /** The source kept a range that it was to take back, and may have overwritten it. */
  void kept(long base, long bytes) {
    used.set(indexOf(base), indexOf(base + bytes));
  }

  private void move(BitSet from, BitSet to, long base, long bytes) {
    from.clear(indexOf(base), indexOf(base + bytes));
    to.set(indexOf(base), indexOf(base + bytes));
  }

  /** The end of the last ready run below an address, or -1. */
  long readyEndBelow(long address) {
    int last = ready.previousSetBit(indexOf(address) - 1);
    return last < 0 ? -1 : region.base() + (last + 1) * GRANULE;
  }

  /** Where the ready run begins that ends at an address. */
  long readyStart(long end) {
    return region.base() + (ready.previousClearBit(indexOf(end) - 1) + 1) * GRANULE;
  }

  /**
   * Decommits ready ranges, those at high addresses first since allocation prefers low ones. A
   * range that the source keeps stays ready. Returns how many bytes went, at most so many.
   */
  long decommit(long most, GuardedSource source, HugePages hugePages) {
    long left = most;
    long end = readyEndBelow(region.base() + region.bytes());
    while (left > 0 && end >= 0) {
      long start = readyStart(end);
      long length = Math.min(left, end - start);
      if (source.decommit(end - length, length)) {
        hugePages.decommitted(this, end - length, length);
        decommitted(end - length, length);
        left -= length;
      } else {
        kept(end - length, length);
      }
      end = readyEndBelow(start);
    }
    return most - left;
  }

  /** Fails if a granule has two states, or the count is wrong. */
  void checkInvariants() {
    if (ready.intersects(blank) || ready.cardinality() != readyCount) {
      throw new IllegalStateException(
          "region 0x"
              + Long.toHexString(region.base())
              + ": "
              + ready.cardinality()
              + " granules are ready, "
              + readyCount
              + " are counted, some are blank too: "
              + ready.intersects(blank));
    }
  }

  private int indexOf(long address) {
    return (int) ((address - region.base()) / GRANULE);
  }

  private static int count(long bytes) {
    return (int) (bytes / GRANULE);
  }
}
