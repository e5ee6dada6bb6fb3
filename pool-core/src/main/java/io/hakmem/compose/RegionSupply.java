package io.hakmem.compose;

import io.hakmem.AllocatorClosedException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Decommit;
import io.hakmem.event.Events;
import io.hakmem.event.LimitHit;
import io.hakmem.spi.Decay;
import io.hakmem.spi.PageKey;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts runs of pages out of reserved regions, first fit by address. Memory is committed in units,
 * so that the system can back it with huge pages; what nobody used for a whole decay time is
 * decommitted.
 *
 * <p>Invariants: runs of {@code committedFree} and {@code reservedFree} never touch a neighbour of
 * their own kind; {@code committed} = bytes handed out + bytes in {@code committedFree}, and never
 * exceeds the limit.
 */
final class RegionSupply implements PageSupply {

  private final PageSource source;
  private final long regionBytes;
  private final long limitBytes;
  private final long ownMappingBytes;
  private final long unitBytes;
  private final long hugePagesFromBytes;
  private final Decay decay;
  private final TreeMap<Long, Region> ownMappings = new TreeMap<>();
  private final Map<Long, Long> ownLeft = new HashMap<>();
  private final TreeMap<Long, Region> regions = new TreeMap<>();
  private final TreeMap<Long, Long> committedFree = new TreeMap<>();
  private final TreeMap<Long, Long> reservedFree = new TreeMap<>();
  private long reserved;
  private long committed;
  private long committedFreeBytes;
  private long peakCommitted;
  private long limitHits;
  private boolean closed;

  RegionSupply(PageSource source, Limits limits, Decay decay) {
    this.source = source;
    this.regionBytes = source.preferredRegionBytes(limits.regionBytes());
    this.limitBytes = limits.memoryBytes();
    this.ownMappingBytes = limits.ownMappingBytes();
    this.unitBytes = limits.commitBytes();
    this.hugePagesFromBytes = limits.hugePagesFromBytes();
    this.decay = decay;
  }

  /**
   * What the gates say of memory.
   *
   * @param regionBytes address space reserved at a time
   * @param memoryBytes most bytes committed at a time; 0 means no limit
   * @param ownMappingBytes runs from this size on are mapped one by one
   * @param commitBytes what is committed at a time, where there is room
   * @param hugePagesFromBytes bytes committed from which on huge pages are asked for
   */
  record Limits(
      long regionBytes,
      long memoryBytes,
      long ownMappingBytes,
      long commitBytes,
      long hugePagesFromBytes) {}

  @Override
  public synchronized Run acquire(long bytes) {
    if (closed) {
      throw new AllocatorClosedException(bytes + " bytes refused: the allocator is closed");
    }
    if (bytes >= ownMappingBytes) {
      return map(bytes);
    }
    Long base = takeFirstFit(committedFree, bytes);
    if (base == null) {
      commitRunOf(bytes);
      base = takeFirstFit(committedFree, bytes);
    }
    if (base == null) {
      throw new IllegalStateException("no run of %d bytes after a commit".formatted(bytes));
    }
    committedFreeBytes -= bytes;
    decommit(decay.note(committedFreeBytes), "decay");
    return run(base, bytes);
  }

  private void commitRunOf(long bytes) {
    makeRoom(bytes);
    Long found = firstFit(reservedFree, bytes);
    if (found == null) {
      addRegion(bytes);
      found = Objects.requireNonNull(firstFit(reservedFree, bytes));
    }
    long base = found;
    long there = Objects.requireNonNull(reservedFree.get(base));
    long length = Math.min(there, roundedUpToUnit(base + bytes) - base);
    if (limitBytes > 0 && committed + length > limitBytes) {
      length = bytes;
    }
    source.commit(base, length);
    preferHugePages(base, length);
    reservedFree.remove(base);
    if (there > length) {
      reservedFree.put(base + length, there - length);
    }
    putFree(committedFree, base, length);
    committedFreeBytes += length;
    committed += length;
    peakCommitted = Math.max(peakCommitted, committed);
  }

  /** A small allocator touches only a part of its last huge page, and all of it is resident. */
  private void preferHugePages(long base, long bytes) {
    if (committed + bytes > hugePagesFromBytes) {
      source.preferHugePages(base, bytes);
    }
  }

  private long roundedUpToUnit(long address) {
    return (address + unitBytes - 1) / unitBytes * unitBytes;
  }

  @Override
  public synchronized void release(long base, long bytes) {
    if (closed || unmap(base, bytes)) {
      return;
    }
    putFree(committedFree, base, bytes);
    committedFreeBytes += bytes;
    decommit(decay.note(committedFreeBytes), "decay");
  }

  /** Decommits every committed run that nobody uses; returns the bytes given back. */
  synchronized long trim() {
    return decommit(committedFreeBytes, "trim");
  }

  /** Decommits free runs, those at high addresses first since allocation prefers low ones. */
  private long decommit(long most, String cause) {
    Decommit event = most > 0 ? Events.decommit() : null;
    long left = most;
    while (left > 0 && !committedFree.isEmpty()) {
      Map.Entry<Long, Long> run = committedFree.lastEntry();
      long end = run.getKey() + run.getValue();
      long length = Math.min(left, run.getValue());
      source.decommit(end - length, length);
      committedFree.remove(run.getKey());
      if (run.getValue() > length) {
        committedFree.put(run.getKey(), run.getValue() - length);
      }
      putFree(reservedFree, end - length, length);
      left -= length;
    }
    long bytes = most - left;
    committedFreeBytes -= bytes;
    committed -= bytes;
    if (event != null) {
      event.finish(bytes, cause);
    }
    return bytes;
  }

  synchronized long reserved() {
    return reserved;
  }

  synchronized long committed() {
    return committed;
  }

  synchronized long peakCommitted() {
    return peakCommitted;
  }

  synchronized long limitHits() {
    return limitHits;
  }

  long limitBytes() {
    return limitBytes;
  }

  /**
   * Gives back all but the pages that are kept, whose regions stay. What threads that were inside a
   * slow path still give back is gone already. May be called again, with fewer pages to keep.
   *
   * @param kept whether the page that begins at an address is to stay
   */
  synchronized void close(LongPredicate kept) {
    closed = true;
    committedFree.clear();
    committedFreeBytes = 0;
    reserved = 0;
    committed = 0;
    List<IllegalStateException> inUse = new ArrayList<>();
    end(regions, kept, inUse);
    end(ownMappings, kept, inUse);
    if (reserved == 0) {
      source.close();
    } else if (!inUse.isEmpty()) {
      throw inUse.getFirst();
    }
  }

  private void end(
      NavigableMap<Long, Region> of, LongPredicate kept, List<IllegalStateException> inUse) {
    for (Iterator<Region> left = of.values().iterator(); left.hasNext(); ) {
      Region region = left.next();
      long keptBytes = keptBytes(region, kept);
      if (keptBytes > 0) {
        reserved += region.bytes();
        committed += keptBytes;
        decommitUnkept(region, kept);
      } else if (release(region, inUse)) {
        left.remove();
      }
    }
  }

  private static long keptBytes(Region region, LongPredicate kept) {
    return LongStream.iterate(
                region.base(), at -> at < region.base() + region.bytes(), RegionSupply::nextPage)
            .filter(kept)
            .count()
        * PageKey.PAGE_BYTES;
  }

  private void decommitUnkept(Region region, LongPredicate kept) {
    long end = region.base() + region.bytes();
    long from = region.base();
    for (long at = from; at < end; at = nextPage(at)) {
      if (kept.test(at)) {
        decommitRange(from, at);
        from = nextPage(at);
      }
    }
    decommitRange(from, end);
  }

  private void decommitRange(long from, long end) {
    if (end > from) {
      source.decommit(from, end - from);
    }
  }

  private static long nextPage(long address) {
    return address + PageKey.PAGE_BYTES;
  }

  /** A region that a native call uses right now is left to the next call of close. */
  private boolean release(Region region, List<IllegalStateException> inUse) {
    try {
      source.release(region);
      return true;
    } catch (IllegalStateException e) {
      inUse.add(e);
      return false;
    }
  }

  private Run map(long bytes) {
    makeRoom(bytes);
    Region region = source.reserve(bytes);
    try {
      source.commit(region.base(), bytes);
      preferHugePages(region.base(), bytes);
    } catch (OutOfNativeMemoryException refused) {
      source.release(region);
      throw refused;
    }
    ownMappings.put(region.base(), region);
    reserved += bytes;
    committed += bytes;
    peakCommitted = Math.max(peakCommitted, committed);
    return new Run(region.base(), region.memory());
  }

  /** Part of a mapping is decommitted; the mapping goes with its last part. */
  private boolean unmap(long base, long bytes) {
    Map.Entry<Long, Region> entry = ownMappings.floorEntry(base);
    if (entry == null || base >= entry.getKey() + entry.getValue().bytes()) {
      return false;
    }
    Decommit event = Events.decommit();
    giveBack(entry.getValue(), base, bytes);
    if (event != null) {
      event.finish(bytes, "large block");
    }
    return true;
  }

  private void giveBack(Region region, long base, long bytes) {
    committed -= bytes;
    long left = ownLeft.merge(region.base(), region.bytes() - bytes, (now, full) -> now - bytes);
    if (left > 0) {
      source.decommit(base, bytes);
      return;
    }
    ownLeft.remove(region.base());
    ownMappings.remove(region.base());
    reserved -= region.bytes();
    source.release(region);
  }

  private void makeRoom(long bytes) {
    if (limitBytes == 0 || committed + bytes <= limitBytes) {
      return;
    }
    decommit(committedFreeBytes, "limit");
    if (committed + bytes > limitBytes) {
      limitHits++;
      LimitHit event = Events.limitHit();
      if (event != null) {
        event.write(bytes, committed, limitBytes);
      }
      throw new OutOfNativeMemoryException(
          bytes, "used %d, limit %d (HAKMEM_MEMORY_LIMIT)".formatted(committed, limitBytes));
    }
  }

  private void addRegion(long atLeast) {
    Region region = source.reserve(Math.max(regionBytes, PageKey.roundUp(atLeast)));
    regions.put(region.base(), region);
    reserved += region.bytes();
    putFree(reservedFree, region.base(), region.bytes());
  }

  private Run run(long base, long bytes) {
    Map.Entry<Long, Region> entry = regions.floorEntry(base);
    if (entry == null) {
      throw new IllegalStateException("run 0x%x lies in no region".formatted(base));
    }
    Region region = entry.getValue();
    return new Run(base, region.memory().asSlice(base - region.base(), bytes));
  }

  private static @Nullable Long takeFirstFit(Map<Long, Long> free, long bytes) {
    Long base = firstFit(free, bytes);
    if (base == null) {
      return null;
    }
    long left = Objects.requireNonNull(free.remove(base)) - bytes;
    if (left > 0) {
      free.put(base + bytes, left);
    }
    return base;
  }

  private static @Nullable Long firstFit(Map<Long, Long> free, long bytes) {
    for (Map.Entry<Long, Long> run : free.entrySet()) {
      if (run.getValue() >= bytes) {
        return run.getKey();
      }
    }
    return null;
  }

  /** Regions are separate mappings: a run never grows across the start of one. */
  private void putFree(NavigableMap<Long, Long> free, long base, long bytes) {
    long from = base;
    long length = bytes;
    Map.Entry<Long, Long> below = free.floorEntry(base);
    if (below != null && below.getKey() + below.getValue() == base && !regions.containsKey(base)) {
      from = below.getKey();
      length += below.getValue();
    }
    Long above = regions.containsKey(base + bytes) ? null : free.remove(base + bytes);
    if (above != null) {
      length += above;
    }
    free.put(from, length);
  }
}
