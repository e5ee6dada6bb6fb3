package io.hakmem.supply;

import io.hakmem.AllocatorClosedException;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.event.Decommit;
import io.hakmem.event.Events;
import io.hakmem.event.LimitHit;
import io.hakmem.heap.Decay;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.memory.GuardedSource;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.Region;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts runs of pages out of reserved regions, first fit by address. Memory is committed in units,
 * so that the system can back it with huge pages; what nobody used for a whole decay time is
 * decommitted.
 *
 * <p>Invariants: runs of {@code committedFree} and {@code reservedFree} never touch a neighbour of
 * their own kind; bytes of the account = bytes handed out + bytes in {@code committedFree} + bytes
 * that the source did not take back, and never exceed a limit.
 */
public final class RegionSupply implements PageSupply {

  private final GuardedSource source;
  private final SharedLimit.Account account;
  private final OwnMappings ownMappings;
  private final long regionBytes;
  private final long ownMappingBytes;
  private final long unitBytes;
  private final long hugePagesFromBytes;
  private final Decay decay;
  private final TreeMap<Long, Region> regions = new TreeMap<>();
  private final TreeMap<Long, Long> committedFree = new TreeMap<>();
  private final TreeMap<Long, Long> reservedFree = new TreeMap<>();
  private long reserved;
  private long committedFreeBytes;
  private long peakCommitted;
  private long limitHits;
  private boolean closed;

  /** A supply that holds nothing yet; every region comes from the source. */
  public RegionSupply(
      GuardedSource source, SharedLimit.Account account, Limits limits, Decay decay) {
    this.source = source;
    this.account = account;
    this.ownMappings = new OwnMappings(source, account);
    this.regionBytes = source.preferredRegionBytes(limits.regionBytes());
    this.ownMappingBytes = limits.ownMappingBytes();
    this.unitBytes = limits.commitBytes();
    this.hugePagesFromBytes = limits.hugePagesFromBytes();
    this.decay = decay;
  }

  /**
   * What the gates say of memory.
   *
   * @param regionBytes address space reserved at a time
   * @param ownMappingBytes runs from this size on are mapped one by one
   * @param commitBytes what is committed at a time, where there is room
   * @param hugePagesFromBytes bytes committed from which on huge pages are asked for
   */
  public record Limits(
      long regionBytes, long ownMappingBytes, long commitBytes, long hugePagesFromBytes) {}

  @Override
  public synchronized Run acquire(long bytes) {
    StackRoom.require();
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
    takeRoom(bytes);
    long taken = bytes;
    try {
      long base = reservedRunOf(bytes);
      long there = Objects.requireNonNull(reservedFree.get(base));
      long more = Math.min(there, roundedUpToUnit(base + bytes) - base) - bytes;
      if (account.take(more)) {
        taken += more;
      }
      taken = commit(base, bytes, taken);
      moveCommitted(base, there, taken);
    } catch (RuntimeException refused) {
      account.give(taken);
      throw refused;
    }
    notePeak();
  }

  private long reservedRunOf(long bytes) {
    Long found = firstFit(reservedFree, bytes);
    if (found == null) {
      addRegion(bytes);
      found = firstFit(reservedFree, bytes);
    }
    return Objects.requireNonNull(found);
  }

  /** A system that is short of memory may still have as much as is needed; returns what it gave. */
  private long commit(long base, long needed, long wanted) {
    if (wanted > needed) {
      try {
        commit(base, wanted);
        return wanted;
      } catch (OutOfNativeMemoryException refused) {
        commit(base, needed);
        account.give(wanted - needed);
        return needed;
      }
    }
    commit(base, needed);
    return needed;
  }

  private void commit(long base, long bytes) {
    source.commit(base, bytes);
    preferHugePages(base, bytes);
  }

  private void moveCommitted(long base, long there, long bytes) {
    reservedFree.remove(base);
    if (there > bytes) {
      reservedFree.put(base + bytes, there - bytes);
    }
    putFree(committedFree, base, bytes);
    committedFreeBytes += bytes;
  }

  private void notePeak() {
    peakCommitted = Math.max(peakCommitted, account.held());
  }

  /** A small allocator touches only a part of its last huge page, and all of it is resident. */
  private void preferHugePages(long base, long bytes) {
    if (account.held() > hugePagesFromBytes) {
      source.preferHugePages(base, bytes);
    }
  }

  private long roundedUpToUnit(long address) {
    return (address + unitBytes - 1) / unitBytes * unitBytes;
  }

  @Override
  public synchronized void release(long base, long bytes) {
    StackRoom.require();
    if (closed || ownMappings.remove(base, bytes)) {
      return;
    }
    putFree(committedFree, base, bytes);
    committedFreeBytes += bytes;
    decommit(decay.note(committedFreeBytes), "decay");
  }

  /** Decommits every committed run that nobody uses; returns the bytes given back. */
  public synchronized long trim() {
    StackRoom.require();
    return trim("trim");
  }

  private long trim(String cause) {
    return closed ? 0 : ownMappings.releaseEnded() + decommit(committedFreeBytes, cause);
  }

  /** Lets those that share the limit give back what they do not use. The caller holds no lock. */
  long trimOthers() {
    return account.trimOthers();
  }

  /**
   * Decommits free runs, those at high addresses first since allocation prefers low ones. A run
   * that the source keeps stays free and committed.
   */
  private long decommit(long most, String cause) {
    Decommit event = most > 0 ? Events.decommit() : null;
    long left = most;
    Map.Entry<Long, Long> run = committedFree.lastEntry();
    while (left > 0 && run != null) {
      long base = run.getKey();
      long length = Math.min(left, run.getValue());
      long from = base + run.getValue() - length;
      if (source.decommit(from, length)) {
        moveReserved(base, from, length);
        left -= length;
      }
      run = committedFree.lowerEntry(base);
    }
    if (event != null) {
      event.finish(most - left, cause);
    }
    return most - left;
  }

  private void moveReserved(long base, long from, long bytes) {
    committedFree.remove(base);
    if (from > base) {
      committedFree.put(base, from - base);
    }
    putFree(reservedFree, from, bytes);
    committedFreeBytes -= bytes;
    account.give(bytes);
  }

  /** Bytes of address space that are reserved now. */
  public synchronized long reserved() {
    return reserved + ownMappings.reserved();
  }

  /** Bytes that are committed now. */
  public long committed() {
    return account.held();
  }

  /** Most bytes that were committed at once. */
  public synchronized long peakCommitted() {
    return peakCommitted;
  }

  /** How often a limit refused. */
  public synchronized long limitHits() {
    return limitHits;
  }

  /** Most bytes that may be committed; 0 if nothing limits them. */
  public long limitBytes() {
    return account.limitBytes();
  }

  /**
   * Gives back all but the pages that are kept, whose regions stay. What threads that were inside a
   * slow path still give back is gone already. May be called again, with fewer pages to keep.
   *
   * @param kept whether the page that begins at an address is to stay
   */
  public synchronized void close(LongPredicate kept) {
    StackRoom.require();
    closed = true;
    committedFree.clear();
    reservedFree.clear();
    committedFreeBytes = 0;
    KeptPages pages = new KeptPages(kept, source);
    long bytes =
        regions.values().stream().mapToLong(pages::bytesIn).sum() + ownMappings.kept(pages);
    if (bytes == 0) {
      source.close();
      regions.clear();
      ownMappings.clear();
      reserved = 0;
      account.close();
    } else {
      pages.end(regions);
      ownMappings.end(pages);
      reserved = regions.values().stream().mapToLong(Region::bytes).sum();
      account.give(account.held() - bytes);
    }
  }

  /** Checks the invariants; see {@link io.hakmem.HakAllocator#checkInvariants}. */
  public synchronized void checkInvariants() {
    long free = 0;
    for (Map<Long, Long> runs : List.of(committedFree, reservedFree)) {
      long end = -1;
      for (Map.Entry<Long, Long> run : runs.entrySet()) {
        boolean touches = run.getKey() == end && !regions.containsKey(end);
        if (run.getValue() <= 0 || run.getKey() < end || touches) {
          throw new IllegalStateException("run 0x%x is no run of its own".formatted(run.getKey()));
        }
        end = run.getKey() + run.getValue();
        free += run.getValue();
      }
    }
    free -= reservedFree.values().stream().mapToLong(Long::longValue).sum();
    if (free != committedFreeBytes || free > account.held()) {
      throw new IllegalStateException(
          "%d bytes lie free, %d are counted, %d held"
              .formatted(free, committedFreeBytes, account.held()));
    }
  }

  private Run map(long bytes) {
    takeRoom(bytes);
    Region region;
    try {
      region = ownMappings.add(bytes);
    } catch (RuntimeException refused) {
      account.give(bytes);
      throw refused;
    }
    preferHugePages(region.base(), bytes);
    notePeak();
    return new Run(region.base(), region.memory());
  }

  /** Counts the bytes, after giving back what is unused if need be. */
  private void takeRoom(long bytes) {
    if (!account.take(bytes)) {
      trim("limit");
      if (!account.take(bytes)) {
        throw limitHit(bytes);
      }
    }
  }

  private OutOfNativeMemoryException limitHit(long bytes) {
    limitHits++;
    LimitHit event = Events.limitHit();
    if (event != null) {
      event.write(bytes, account.usedBytes(), account.limitBytes());
    }
    return account.refusal(bytes);
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
