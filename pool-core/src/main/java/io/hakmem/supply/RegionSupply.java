package io.hakmem.supply;

import io.hakmem.AllocatorClosedException;
import io.hakmem.event.Decommit;
import io.hakmem.event.Events;
import io.hakmem.heap.Decay;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.memory.GuardedSource;
import io.hakmem.memory.RegionList;
import io.hakmem.spi.PageSupply;
import io.hakmem.spi.Region;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts runs of pages out of reserved regions, first fit by address. Memory is committed in units of
 * huge pages; what nobody used for a whole decay time is decommitted.
 *
 * <p>Whatever is thrown, by the source or by the JVM, nothing is lost: objects are made first, then
 * the system is asked, then the states change in steps that cannot throw.
 *
 * <p>Invariant: bytes of the account = bytes handed out + ready bytes of all regions + bytes that
 * the source did not take back, and never exceed a limit.
 */
public final class RegionSupply implements PageSupply {

  private final GuardedSource source;
  private final SharedLimit.Account account;
  private final OwnMappings ownMappings;
  private final RegionMaker maker;
  private final long ownMappingBytes;
  private final HugePages hugePages;
  private final Decay decay = new Decay();
  private final RegionList<RegionRuns> regions = new RegionList<>();
  private long reserved;

  /** Ready bytes of all regions. */
  private long readyBytes;

  private long peakCommitted;
  private boolean closed;

  /**
   * Written before the states change and never read: an object that only a frame knows can be left
   * out by the JIT, which makes it when the frame goes back to the interpreter, and may fail then.
   */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private @Nullable Run toHandOut;

  /** A supply that holds nothing yet; every region comes from the source. */
  public RegionSupply(GuardedSource source, SharedLimit.Account account, Limits limits) {
    this.source = source;
    this.account = account;
    this.ownMappings = new OwnMappings(source, account, regions);
    this.maker = new RegionMaker(source, ownMappings.sound(), limits);
    this.ownMappingBytes = limits.ownMappingBytes();
    this.hugePages = new HugePages(source, account, limits.hugePagesFromBytes());
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

  /** Asked first by whatever changes more than a release, which is remembered. */
  private boolean isClosed() {
    source.requireOutside();
    return closed;
  }

  synchronized void requireOpen(long bytes) {
    if (isClosed()) {
      throw new AllocatorClosedException(bytes + " bytes refused: the allocator is closed");
    }
  }

  @Override
  public synchronized Run acquire(long bytes) {
    requireOpen(bytes);
    if (bytes >= ownMappingBytes) {
      return map(bytes, PageKey.PAGE_BYTES);
    }
    StackRoom.require();
    RegionRuns home = readyFor(bytes);
    if (home == null) {
      home = commitRunOf(bytes);
    }
    Run run = home.run(home.firstReady(bytes), bytes, source.zeroedOnCommit());
    toHandOut = run;
    hugePages.beforeTake(home, run.base(), bytes);
    handOut(home, run.base(), bytes);
    return run;
  }

  /** A mapping of its own commits nothing of what the alignment leaves free. */
  @Override
  public synchronized Run acquireAligned(long bytes, long alignment) {
    return !isClosed() && bytes + alignment > ownMappingBytes
        ? map(bytes, alignment)
        : PageSupply.super.acquireAligned(bytes, alignment);
  }

  @Override
  public synchronized @Nullable Run extend(long base, long bytes, long toBytes) {
    RegionRuns home = isClosed() ? null : regions.holderOf(base, bytes);
    long end = base + bytes;
    long more = toBytes - bytes;
    if (home == null || !home.isFree(end, more)) {
      return null;
    }
    StackRoom.requireForSystemCall();
    boolean isNew = home.run(end, more, source.zeroedOnCommit()).isZero();
    Run run = new Run(base, home.region().slice(base, toBytes), isNew);
    toHandOut = run;
    if (!commitBlank(home, end, more)) {
      return null;
    }
    handOut(home, end, more);
    return run;
  }

  private void handOut(RegionRuns home, long base, long bytes) {
    home.take(base, bytes);
    readyBytes -= bytes;
    decay.note(readyBytes);
  }

  /** Makes all of a range ready that nobody has; false where that is refused in part. */
  private boolean commitBlank(RegionRuns home, long from, long bytes) {
    for (long at = home.nextBlank(from, bytes); at >= 0; at = home.nextBlank(from, bytes)) {
      long length = Math.min(home.blankFrom(at), from + bytes - at);
      long given = 0;
      if (account.take(length)) {
        try {
          given = maker.commits(at, length) ? length : 0;
        } finally {
          account.give(length - given);
        }
      }
      if (given == 0) {
        return false;
      }
      committed(home, at, length);
    }
    return true;
  }

  private @Nullable RegionRuns readyFor(long bytes) {
    return readyBytes < bytes ? null : regions.first(each -> each.firstReady(bytes) >= 0);
  }

  /** The region in which so many bytes are ready now. */
  private RegionRuns commitRunOf(long bytes) {
    StackRoom.requireForSystemCall();
    takeRoom(bytes);
    long taken = bytes;
    try {
      RegionRuns home = blankFor(bytes);
      long base = home.firstBlank(bytes);
      long unit = maker.unitEnd(base + bytes) - base;
      long more = Math.min(home.blankFrom(base), unit) - bytes;
      if (account.take(more)) {
        taken += more;
      }
      long given = maker.commit(base, bytes, taken);
      account.give(taken - given);
      committed(home, base, given);
      return home;
    } catch (Throwable refused) {
      account.give(taken);
      throw refused;
    }
  }

  private RegionRuns blankFor(long bytes) {
    RegionRuns known = regions.first(each -> each.firstBlank(bytes) >= 0);
    if (known != null) {
      return known;
    }
    regions.makeRoom();
    RegionRuns added = maker.make(bytes);
    regions.add(added);
    reserved += added.region().bytes();
    return added;
  }

  private void committed(RegionRuns home, long base, long bytes) {
    home.committed(base, bytes);
    readyBytes += bytes;
    notePeak();
  }

  private void notePeak() {
    peakCommitted = Math.max(peakCommitted, account.held());
  }

  @Override
  public synchronized void release(long base, long bytes) {
    if (closed || ownMappings.remove(base, bytes)) {
      return;
    }
    RegionRuns home = regions.holderOf(base, bytes);
    if (home == null || !home.isTaken(base, bytes)) {
      throw new IllegalArgumentException(
          bytes + " bytes at 0x" + Long.toHexString(base) + " are no run that was handed out");
    }
    home.giveBack(base, bytes);
    readyBytes += bytes;
  }

  @Override
  public synchronized void discard(long address, long bytes) {
    RegionRuns home = closed ? null : regions.holderOf(address, bytes);
    if (home != null) {
      StackRoom.requireForSystemCall();
      hugePages.decommitted(home, address, bytes);
      source.discard(address, bytes);
    }
  }

  /** Decommits what lay unused since the last call; returns the bytes given back. */
  public synchronized long purge() {
    return isClosed() ? 0 : ownMappings.releaseEnded() + decommit(decay.due(readyBytes), "decay");
  }

  /** Bytes that are committed and nobody's. */
  public synchronized long unusedBytes() {
    return readyBytes;
  }

  /** Decommits every committed run that nobody uses; returns the bytes given back. */
  public long trim() {
    return trim("trim");
  }

  private synchronized long trim(String cause) {
    return isClosed() ? 0 : ownMappings.releaseEnded() + decommit(readyBytes, cause);
  }

  /**
   * Decommits ready runs, those at high addresses first since allocation prefers low ones. A run
   * that the source keeps stays ready.
   */
  private long decommit(long most, String cause) {
    if (most <= 0) {
      return 0;
    }
    Decommit event = Events.decommit();
    StackRoom.require();
    long given = 0;
    boolean parts = source.decommitsParts();
    for (int i = regions.size() - 1; i >= 0; i--) {
      if (parts) {
        given += decommit(regions.get(i), most - given);
      } else if (regions.get(i).isUnused() && given < most) {
        given += release(i);
      }
    }
    if (event != null) {
      event.finish(given, cause);
    }
    return given;
  }

  /** Counts off what is decommitted, whatever breaks off behind it, or frees meanwhile. */
  private long decommit(RegionRuns runs, long most) {
    long before = runs.decommittedBytes();
    try {
      return runs.decommit(most, source, hugePages);
    } finally {
      long given = runs.decommittedBytes() - before;
      readyBytes -= given;
      account.give(given);
    }
  }

  private long release(int index) {
    RegionRuns runs = regions.get(index);
    if (!source.release(runs.region())) {
      runs.kept(runs.region().base(), runs.region().bytes());
      return 0;
    }
    regions.remove(index);
    reserved -= runs.region().bytes();
    readyBytes -= runs.readyBytes();
    account.give(runs.readyBytes());
    return runs.readyBytes();
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

  /** What the supply has of a limit. */
  public SharedLimit.Account account() {
    return account;
  }

  /**
   * Gives back all but the pages that are kept, whose regions stay. What threads that were inside a
   * slow path still give back is gone already. May be called again, with fewer pages to keep.
   *
   * @param kept whether the page that begins at an address is to stay
   */
  public synchronized void close(LongPredicate kept) {
    source.requireOutside();
    closed = true;
    KeptPages pages = new KeptPages(kept, source);
    long bytes = ownMappings.kept(pages);
    for (int i = 0; i < regions.size(); i++) {
      bytes += pages.bytesIn(regions.get(i).region());
    }
    if (bytes == 0) {
      source.close();
      clear();
    } else {
      end(pages);
      account.give(account.held() - bytes);
    }
  }

  private void clear() {
    while (regions.size() > 0) {
      regions.remove(regions.size() - 1);
    }
    ownMappings.clear();
    reserved = 0;
    readyBytes = 0;
    account.close();
  }

  private void end(KeptPages pages) {
    for (int i = regions.size() - 1; i >= 0; i--) {
      Region region = regions.get(i).region();
      if (pages.end(region)) {
        regions.remove(i);
        reserved -= region.bytes();
      }
    }
    ownMappings.end(pages);
    readyBytes = 0;
  }

  /** Checks the invariants; see {@link io.hakmem.HakAllocator#checkInvariants}. */
  public synchronized void checkInvariants() {
    source.requireOutside();
    long ready = 0;
    for (int i = 0; i < regions.size(); i++) {
      regions.get(i).checkInvariants();
      ready += regions.get(i).readyBytes();
    }
    if (ready != readyBytes || ready > account.held()) {
      throw new IllegalStateException(
          ready + " bytes are ready, " + readyBytes + " are counted, " + account.held() + " held");
    }
  }

  private Run map(long bytes, long alignment) {
    StackRoom.requireForSystemCall();
    takeRoom(bytes);
    Run run;
    try {
      run = ownMappings.add(bytes, alignment);
    } catch (Throwable refused) {
      account.give(bytes);
      throw refused;
    }
    hugePages.mapped(run.base(), bytes);
    notePeak();
    return run;
  }

  /** Counts the bytes, after giving back what is unused if need be. */
  private void takeRoom(long bytes) {
    if (!account.take(bytes)) {
      trim("limit");
      if (!account.take(bytes)) {
        throw account.hit(bytes);
      }
    }
  }
}
