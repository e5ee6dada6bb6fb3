package io.hakmem.memory;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps the live regions of a source and checks every range against them: a system call on a wrong
 * address would damage memory of someone else. Each region has a shared arena of its own, and
 * closing that arena is what ends the region.
 */
abstract class RegionPageSource implements PageSource {

  private record Live(Region region, Arena arena) {}

  private final ConcurrentSkipListMap<Long, Live> byBase = new ConcurrentSkipListMap<>();

  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** Regions are used under this lock, so that none goes away between its check and its use. */
  private final Lock using = lock.readLock();

  private final Lock ending = lock.writeLock();

  /** Guarded by {@link #lock}. */
  private boolean closed;

  /** Makes a region that closing the arena gives back. */
  abstract Region reserve(long bytes, Arena arena);

  abstract void commit(Region region, long address, long bytes);

  abstract void decommit(Region region, long address, long bytes);

  /** Does nothing where the source has no such wish. */
  void preferHugePages(Region region, long address, long bytes) {}

  /** The region was released; its addresses may soon belong to someone else. */
  abstract void forget(Region region);

  @Override
  @SuppressWarnings("MustBeClosed") // The arena lives as long as its region.
  public final Region reserve(long bytes) {
    requireGranules("bytes", bytes);
    using.lock();
    try {
      requireOpen();
      return track(bytes, Arena.ofShared());
    } finally {
      using.unlock();
    }
  }

  private Region track(long bytes, Arena arena) {
    try {
      Region region = reserve(bytes, arena);
      byBase.put(region.base(), new Live(region, arena));
      return region;
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public final void commit(long address, long bytes) {
    using.lock();
    try {
      commit(regionOf(address, bytes), address, bytes);
    } finally {
      using.unlock();
    }
  }

  @Override
  public final void decommit(long address, long bytes) {
    using.lock();
    try {
      decommit(regionOf(address, bytes), address, bytes);
    } finally {
      using.unlock();
    }
  }

  @Override
  public final void preferHugePages(long address, long bytes) {
    using.lock();
    try {
      preferHugePages(regionOf(address, bytes), address, bytes);
    } finally {
      using.unlock();
    }
  }

  @Override
  public final void release(Region region) {
    ending.lock();
    try {
      requireOpen();
      Live live = byBase.get(region.base());
      if (live == null || !live.region.equals(region)) {
        throw new IllegalArgumentException(
            "region=" + hex(region.base()) + " is no live region of page source " + name());
      }
      end(live);
    } finally {
      ending.unlock();
    }
  }

  @Override
  public final void close() {
    ending.lock();
    try {
      closed = true;
      List<IllegalStateException> inUse = new ArrayList<>();
      for (Live live : byBase.values()) {
        try {
          end(live);
        } catch (IllegalStateException e) {
          inUse.add(e);
        }
      }
      requireNoneInUse(inUse);
    } finally {
      ending.unlock();
    }
  }

  private void requireNoneInUse(List<IllegalStateException> inUse) {
    if (!inUse.isEmpty()) {
      throw new IllegalStateException(
          inUse.size() + " regions of page source " + name() + " are in use by native calls",
          inUse.getFirst());
    }
  }

  private void end(Live live) {
    // First, because it refuses, and changes nothing, while a native call uses the region.
    live.arena.close();
    byBase.remove(live.region.base());
    forget(live.region);
  }

  private Region regionOf(long address, long bytes) {
    requireOpen();
    requireGranules("bytes", bytes);
    Map.Entry<Long, Live> below = byBase.floorEntry(address);
    if (below == null || !below.getValue().region.contains(address, bytes)) {
      throw new IllegalArgumentException(
          String.format(
              "address=%s, bytes=%d is not within one region of page source %s",
              hex(address), bytes, name()));
    }
    if (address % GRANULE_BYTES != 0) {
      throw new IllegalArgumentException(
          "address=" + hex(address) + " must be a multiple of " + GRANULE_BYTES);
    }
    return below.getValue().region;
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
