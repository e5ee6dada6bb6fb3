package io.hakmem.supply;

import io.hakmem.event.Decommit;
import io.hakmem.event.Events;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.memory.GuardedSource;
import io.hakmem.memory.RegionList;
import io.hakmem.spi.PageSupply.Run;
import io.hakmem.spi.Region;

/**
 * Regions of which each holds one large run. The monitor of {@link RegionSupply} guards it.
 *
 * <p>Invariant: {@code reserved} = bytes of all regions in the list.
 */
final class OwnMappings {

  private final GuardedSource source;
  private final SharedLimit.Account account;
  private final RegionList<Mapping> mappings = new RegionList<>();
  private final SoundRegions sound;
  private long reserved;

  /** No mapping yet; {@code runs} are the regions of others. */
  OwnMappings(GuardedSource source, SharedLimit.Account account, RegionList<?> runs) {
    this.source = source;
    this.account = account;
    this.sound = new SoundRegions(source, runs, mappings);
  }

  /** Where all regions come from. */
  SoundRegions sound() {
    return sound;
  }

  private static final class Mapping implements RegionList.Entry {

    private final Region region;

    /** Bytes with a caller; 0 where the source refused to release what nobody uses any more. */
    private long usedBytes;

    private long committedBytes;

    private Mapping(Region region) {
      this.region = region;
    }

    @Override
    public Region region() {
      return region;
    }
  }

  long reserved() {
    return reserved;
  }

  /** A committed run; the caller has counted its bytes, and counts them off if this throws. */
  Run add(long bytes, long alignment) {
    StackRoom.requireForSystemCall();
    mappings.makeRoom();
    Region region = sound.reserve(bytes + Math.max(0, alignment - PageKey.PAGE_BYTES));
    long base = (region.base() + alignment - 1) & -alignment;
    Mapping mapping;
    Run run;
    try {
      mapping = new Mapping(region);
      run = new Run(base, region.slice(base, bytes), source.zeroedOnCommit());
    } catch (Throwable refused) {
      source.release(region);
      throw refused;
    }
    mappings.add(mapping);
    reserved += region.bytes();
    try {
      source.commit(base, bytes);
    } catch (Throwable refused) {
      end(mapping);
      throw refused;
    }
    mapping.usedBytes = bytes;
    mapping.committedBytes = bytes;
    return run;
  }

  /** Takes a part back, which is decommitted; the region goes with its last part. */
  boolean remove(long base, long bytes) {
    Mapping mapping = mappings.holderOf(base, bytes);
    if (mapping == null || mapping.usedBytes == 0) {
      return false;
    }
    long before = account.held();
    take(mapping, base, bytes);
    say(before - account.held());
    return true;
  }

  /** What was taken back is gone, so that nothing may be thrown any more. */
  @SuppressWarnings("EmptyCatch")
  private static void say(long bytes) {
    try {
      Decommit event = Events.decommit();
      if (event != null) {
        event.finish(bytes, "large block");
      }
    } catch (Throwable unsaid) {
      // Only the recording misses it.
    }
  }

  private void take(Mapping mapping, long base, long bytes) {
    mapping.usedBytes -= bytes;
    if (source.isInside()) {
      return; // The source is asked when it is done with what it is asked now.
    }
    if (mapping.usedBytes == 0) {
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
    }
  }

  private boolean release(Mapping mapping) {
    if (!source.release(mapping.region)) {
      return false;
    }
    forget(mapping);
    uncount(mapping, mapping.committedBytes);
    return true;
  }

  private void forget(Mapping mapping) {
    mappings.remove(mappings.find(mapping.region.base(), mapping.region.bytes()));
    reserved -= mapping.region.bytes();
  }

  private void uncount(Mapping mapping, long bytes) {
    mapping.committedBytes -= bytes;
    account.give(bytes);
  }

  /** Tries again to release what nobody uses; returns the bytes that were still committed. */
  long releaseEnded() {
    long before = account.held();
    for (int i = mappings.size() - 1; i >= 0; i--) {
      if (mappings.get(i).usedBytes == 0) {
        release(mappings.get(i));
      }
    }
    return before - account.held();
  }

  /** Bytes of pages that outlive the allocator. */
  long kept(KeptPages pages) {
    long bytes = 0;
    for (int i = 0; i < mappings.size(); i++) {
      bytes += mappings.get(i).usedBytes == 0 ? 0 : pages.bytesIn(mappings.get(i).region);
    }
    return bytes;
  }

  /** Gives back all but such pages, with the allocator's close; can be called again. */
  void end(KeptPages pages) {
    for (int i = mappings.size() - 1; i >= 0; i--) {
      if (pages.end(mappings.get(i).region)) {
        forget(mappings.get(i));
      }
    }
  }

  /** The source has released all of them. */
  void clear() {
    while (mappings.size() > 0) {
      mappings.remove(mappings.size() - 1);
    }
    reserved = 0;
  }
}
