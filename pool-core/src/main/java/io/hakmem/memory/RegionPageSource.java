package io.hakmem.memory;

import io.hakmem.heap.StackRoom;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the live regions of a source and checks every range against them: a system call on a wrong
 * address would damage memory of someone else. Each region has a shared arena of its own, whose end
 * makes its memory unreachable for Java before its addresses go back.
 *
 * <p>One monitor guards all of it, so that no region goes away between its check and its use.
 * Whatever is thrown in between, the region stays as it was, or its end can be asked for again and
 * goes on where it stopped.
 */
abstract class RegionPageSource implements PageSource {

  private final RegionList<LiveRegion> regions = new RegionList<>();
  private boolean closed;

  /**
   * Makes a region whose memory lives as long as the arena; whatever it throws, nothing is left.
   */
  abstract LiveRegion reserve(long bytes, Arena arena);

  abstract void commit(LiveRegion region, long address, long bytes);

  abstract void decommit(LiveRegion region, long address, long bytes);

  /** Does nothing where the source has no such wish. */
  void preferHugePages(LiveRegion region, long address, long bytes) {}

  /** Does nothing where the source has no such wish. */
  void preferSmallPages(LiveRegion region, long address, long bytes) {}

  /**
   * Gives the addresses back, which no Java code reaches any more.
   *
   * @throws IllegalStateException if the system refuses; nothing changed then
   */
  abstract void giveBack(LiveRegion region);

  @Override
  @SuppressWarnings("MustBeClosed") // The arena lives as long as its region.
  public final synchronized Region reserve(long bytes) {
    requireGranules("bytes", bytes);
    requireOpen();
    StackRoom.requireForSystemCall();
    regions.makeRoom();
    Arena arena = Arena.ofShared();
    LiveRegion live;
    try {
      live = reserve(bytes, arena);
    } catch (Throwable refused) {
      arena.close();
      throw refused;
    }
    regions.add(live);
    return live.region();
  }

  @Override
  public final synchronized void commit(long address, long bytes) {
    LiveRegion region = regionOf(address, bytes);
    StackRoom.requireForSystemCall();
    commit(region, address, bytes);
  }

  @Override
  public final synchronized void decommit(long address, long bytes) {
    LiveRegion region = regionOf(address, bytes);
    StackRoom.requireForSystemCall();
    decommit(region, address, bytes);
  }

  @Override
  public final synchronized void preferHugePages(long address, long bytes) {
    LiveRegion region = regionOf(address, bytes);
    StackRoom.requireForSystemCall();
    preferHugePages(region, address, bytes);
  }

  @Override
  public final synchronized void preferSmallPages(long address, long bytes) {
    LiveRegion region = regionOf(address, bytes);
    StackRoom.requireForSystemCall();
    preferSmallPages(region, address, bytes);
  }

  @Override
  public final synchronized void discard(long address, long bytes) {
    long from = address / GRANULE_BYTES * GRANULE_BYTES;
    regionOf(from, roundUp(address + bytes - from));
    if (address % DISCARD_BYTES != 0 || bytes % DISCARD_BYTES != 0) {
      throw new IllegalArgumentException(
          "address="
              + hex(address)
              + ", bytes="
              + bytes
              + " must be multiples of "
              + DISCARD_BYTES);
    }
    StackRoom.requireForSystemCall();
    discardPart(address, bytes);
  }

  /** Does nothing where the source has no such wish. */
  void discardPart(long address, long bytes) {}

  @Override
  public final synchronized void release(Region region) {
    requireOpen();
    LiveRegion live = regions.holderOf(region.base(), region.bytes());
    if (live == null || !isSame(live.region(), region)) {
      throw new IllegalArgumentException(
          "region=" + hex(region.base()) + " is no live region of page source " + name());
    }
    end(live);
  }

  /** Not the equals of the record, which is linked when it is first called. */
  private static boolean isSame(Region one, Region other) {
    return one.base() == other.base()
        && one.bytes() == other.bytes()
        && one.memory().equals(other.memory());
  }

  @Override
  public final synchronized void close() {
    closed = true;
    List<IllegalStateException> refused = new ArrayList<>();
    for (int i = regions.size() - 1; i >= 0; i--) {
      try {
        end(regions.get(i));
      } catch (IllegalStateException e) {
        refused.add(e);
      }
    }
    if (!refused.isEmpty()) {
      throw new IllegalStateException(
          refused.size()
              + " regions of page source "
              + name()
              + " are not released: "
              + refused.getFirst().getMessage(),
          refused.getFirst());
    }
  }

  /**
   * Refused in any of its steps, it can be called again. Nothing is thrown once the addresses went
   * back: the next region may get them, and would be taken for this one.
   */
  private void end(LiveRegion live) {
    StackRoom.requireForSystemCall();
    live.end();
    giveBack(live);
    regions.remove(regions.find(live.region().base(), live.region().bytes()));
  }

  private LiveRegion regionOf(long address, long bytes) {
    requireOpen();
    requireGranules("bytes", bytes);
    LiveRegion holder = regions.holderOf(address, bytes);
    if (holder == null) {
      throw new IllegalArgumentException(
          "address="
              + hex(address)
              + ", bytes="
              + bytes
              + " is not within one region of page source "
              + name());
    }
    if (address % GRANULE_BYTES != 0) {
      throw new IllegalArgumentException(
          "address=" + hex(address) + " must be a multiple of " + GRANULE_BYTES);
    }
    return holder;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("page source " + name() + " is closed");
    }
  }

  private static void requireGranules(String name, long bytes) {
    if (bytes <= 0 || bytes % GRANULE_BYTES != 0) {
      throw new IllegalArgumentException(
          name + "=" + bytes + " must be a positive multiple of " + GRANULE_BYTES);
    }
  }

  /** The multiple of the granule that is at least {@code bytes}, but never above the largest. */
  static long roundUp(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("configured=" + bytes + " must be at least 1");
    }
    long granules = (bytes - 1) / GRANULE_BYTES + 1;
    return Math.min(granules, Long.MAX_VALUE / GRANULE_BYTES) * GRANULE_BYTES;
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
