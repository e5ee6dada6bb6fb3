package io.hakmem.bench.reliability;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A page source that fails when told to, and is strict beyond its contract: it knows which granules
 * are committed, and overwrites what is decommitted.
 */
final class FaultySource implements PageSource {

  private static final byte DECOMMITTED = (byte) 0xDD;

  /** What can fail. */
  enum Call {
    RESERVE,
    COMMIT,
    HUGE_PAGES,
    DECOMMIT,
    RELEASE,
    CLOSE
  }

  private record Live(Region region, Arena arena) {}

  private final NavigableMap<Long, Live> regions = new TreeMap<>();
  private final Set<Long> committed = new HashSet<>();
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
  private Call failing = Call.CLOSE;
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MIN_VALUE;
  private int failures;
  private Supplier<Throwable> thrown = IllegalStateException::new;
  private boolean isGiven;
  private boolean worksFirst;

  /** Lets the calls of a kind from one number to another fail, counted from 1. */
  synchronized void fail(Call kind, int from, int to) {
    failing = kind;
    first = from;
    last = to;
  }

  /** What failing calls throw, instead of an exception; made anew for each. */
  synchronized void failWith(Supplier<Throwable> failure) {
    thrown = failure;
    isGiven = true;
  }

  /** Lets failing calls do their work before they throw, against the contract. */
  synchronized void workFirst() {
    worksFirst = true;
  }

  /** Lets every call succeed from now on. */
  synchronized void heal() {
    first = Integer.MAX_VALUE;
  }

  synchronized int calls(Call kind) {
    return calls.getOrDefault(kind, 0);
  }

  synchronized int failures() {
    return failures;
  }

  synchronized long committedBytes() {
    return committed.size() * GRANULE_BYTES;
  }

  synchronized int regionCount() {
    return regions.size();
  }

  /** Throws, unless the call is to do its work first: then it is true. */
  private boolean called(Call kind, long bytes) {
    int number = calls.merge(kind, 1, Integer::sum);
    boolean fails = kind == failing && number >= first && number <= last;
    if (fails && !worksFirst) {
      throw failure(kind, bytes);
    }
    return fails;
  }

  private RuntimeException failure(Call kind, long bytes) {
    failures++;
    if (isGiven) {
      throw FaultySource.<RuntimeException>unchecked(thrown.get());
    }
    return kind == Call.COMMIT
        ? new OutOfNativeMemoryException(bytes, "injected COMMIT in page source faulty")
        : new IllegalStateException("injected " + kind);
  }

  /** A source can throw what it does not declare. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable any) throws T {
    throw (T) any;
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  @SuppressWarnings("MustBeClosed") // The arena lives as long as its region.
  public synchronized Region reserve(long bytes) {
    boolean late = called(Call.RESERVE, bytes);
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(bytes, GRANULE_BYTES).fill(DECOMMITTED);
    Region region = new Region(memory.address(), bytes, memory);
    regions.put(region.base(), new Live(region, arena));
    if (late) {
      throw failure(Call.RESERVE, bytes);
    }
    return region;
  }

  @Override
  public synchronized void commit(long address, long bytes) {
    boolean late = called(Call.COMMIT, bytes);
    for (long at = address; at < address + bytes; at += GRANULE_BYTES) {
      if (!committed.add(at)) {
        throw new AssertionError("0x%x is committed twice".formatted(at));
      }
    }
    slice(address, bytes).fill((byte) 0);
    if (late) {
      throw failure(Call.COMMIT, bytes);
    }
  }

  @Override
  public synchronized void preferHugePages(long address, long bytes) {
    boolean late = called(Call.HUGE_PAGES, bytes);
    if (late) {
      throw failure(Call.HUGE_PAGES, bytes);
    }
  }

  @Override
  public synchronized void decommit(long address, long bytes) {
    boolean late = called(Call.DECOMMIT, bytes);
    for (long at = address; at < address + bytes; at += GRANULE_BYTES) {
      committed.remove(at);
    }
    slice(address, bytes).fill(DECOMMITTED);
    if (late) {
      throw failure(Call.DECOMMIT, bytes);
    }
  }

  private MemorySegment slice(long address, long bytes) {
    Map.Entry<Long, Live> below = regions.floorEntry(address);
    if (below == null) {
      throw new AssertionError("0x%x lies in no region".formatted(address));
    }
    return below.getValue().region.slice(address, bytes);
  }

  @Override
  public synchronized void release(Region region) {
    boolean late = called(Call.RELEASE, region.bytes());
    end(region);
    if (late) {
      throw failure(Call.RELEASE, region.bytes());
    }
  }

  private void end(Region region) {
    Live live = regions.remove(region.base());
    if (live == null) {
      throw new AssertionError("0x%x is no live region".formatted(region.base()));
    }
    committed.removeIf(at -> region.contains(at, GRANULE_BYTES));
    live.arena.close();
  }

  @Override
  public synchronized void close() {
    boolean late = called(Call.CLOSE, 0);
    List<Region> left = new ArrayList<>(regions.values().stream().map(Live::region).toList());
    left.forEach(this::end);
    if (late) {
      throw failure(Call.CLOSE, 0);
    }
  }

  @Override
  public long preferredRegionBytes(long configured) {
    return (configured + GRANULE_BYTES - 1) / GRANULE_BYTES * GRANULE_BYTES;
  }

  @Override
  public boolean zeroedOnCommit() {
    return true;
  }
}
