package io.hakmem.supply;

import io.hakmem.event.Decommit;
import io.hakmem.event.Events;
import io.hakmem.memory.GuardedSource;
import io.hakmem.spi.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Regions of which each holds one large run. The monitor of {@link RegionSupply} guards it.
 *
 * <p>Invariant: {@code reserved} = bytes of all regions in {@code byBase} and {@code ended}.
 */
final class OwnMappings {

  private final GuardedSource source;
  private final SharedLimit.Account account;
  private final TreeMap<Long, Mapping> byBase = new TreeMap<>();

  /** Nobody uses them, but the source refused to release them: a native call may still be there. */
  private final List<Mapping> ended = new ArrayList<>();

  private long reserved;

  OwnMappings(GuardedSource source, SharedLimit.Account account) {
    this.source = source;
    this.account = account;
  }

  private static final class Mapping {

    private final Region region;
    private long usedBytes;
    private long committedBytes;

    private Mapping(Region region) {
      this.region = region;
    }
  }

  long reserved() {
    return reserved;
  }

  /** A committed region; the caller has counted its bytes, and counts them off if this fails. */
  Region add(long bytes) {
    Mapping mapping = new Mapping(source.reserve(bytes));
    reserved += bytes;
    try {
      source.commit(mapping.region.base(), bytes);
    } catch (RuntimeException refused) {
      end(mapping);
      throw refused;
    }
    mapping.usedBytes = bytes;
    mapping.committedBytes = bytes;
    byBase.put(mapping.region.base(), mapping);
    return mapping.region;
  }

  /** Takes a part back, which is decommitted; the region goes with its last part. */
  boolean remove(long base, long bytes) {
    Map.Entry<Long, Mapping> entry = byBase.floorEntry(base);
    if (entry == null || !entry.getValue().region.contains(base, bytes)) {
      return false;
    }
    Decommit event = Events.decommit();
    take(entry.getValue(), base, bytes);
    if (event != null) {
      event.finish(bytes, "large block");
    }
    return true;
  }

  private void take(Mapping mapping, long base, long bytes) {
    mapping.usedBytes -= bytes;
    if (mapping.usedBytes == 0) {
      byBase.remove(mapping.region.base());
      end(mapping);
    } else if (source.decommit(base, bytes)) {
      uncount(mapping, bytes);
    }
  }

  private void end(Mapping mapping) {
    if (!release(mapping)) {
      Region region = mapping.region;
      if (mapping.committedBytes > 0 && source.decommit(region.base(), region.bytes())) {
        uncount(mapping, mapping.committedBytes);
      }
      ended.add(mapping);
    }
  }

  private boolean release(Mapping mapping) {
    if (!source.release(mapping.region)) {
      return false;
    }
    reserved -= mapping.region.bytes();
    uncount(mapping, mapping.committedBytes);
    return true;
  }

  private void uncount(Mapping mapping, long bytes) {
    mapping.committedBytes -= bytes;
    account.give(bytes);
  }

  /** Tries again to release what nobody uses; returns the bytes that were still committed. */
  long releaseEnded() {
    long before = account.held();
    ended.removeIf(this::release);
    return before - account.held();
  }

  /** Bytes of pages that outlive the allocator. */
  long kept(KeptPages pages) {
    return byBase.values().stream().mapToLong(mapping -> pages.bytesIn(mapping.region)).sum();
  }

  /** Gives back all but such pages, with the allocator's close. */
  void end(KeptPages pages) {
    Map<Long, Region> regions = new TreeMap<>();
    byBase.values().forEach(mapping -> regions.put(mapping.region.base(), mapping.region));
    ended.forEach(mapping -> regions.put(mapping.region.base(), mapping.region));
    pages.end(regions);
    ended.removeIf(mapping -> !regions.containsKey(mapping.region.base()));
    byBase.keySet().retainAll(regions.keySet());
    reserved = regions.values().stream().mapToLong(Region::bytes).sum();
  }

  /** The source has released all of them. */
  void clear() {
    byBase.clear();
    ended.clear();
    reserved = 0;
  }
}
