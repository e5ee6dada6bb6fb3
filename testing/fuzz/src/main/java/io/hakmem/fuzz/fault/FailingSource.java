package io.hakmem.fuzz.fault;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page source that throws what it is told to, before or after it has done its work. What is
 * decommitted is overwritten.
 */
public final class FailingSource implements PageSource {

  private static final byte DECOMMITTED = (byte) 0xDD;

  private record Live(Region region, Arena arena) {}

  private final TreeMap<Long, Live> regions = new TreeMap<>();
  private final Fault fault;

  /** Its calls are those that the fault lets throw. */
  public FailingSource(Fault fault) {
    this.fault = fault;
  }

  /** Regions that nobody released. */
  public synchronized int regionCount() {
    return regions.size();
  }

  @Override
  public String name() {
    return "failing";
  }

  @Override
  @SuppressWarnings("MustBeClosed") // The arena lives as long as its region.
  public synchronized Region reserve(long bytes) {
    boolean fails = fault.begin();
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(bytes, GRANULE_BYTES).fill(DECOMMITTED);
    Region region = new Region(memory.address(), bytes, memory);
    regions.put(region.base(), new Live(region, arena));
    if (fails) {
      end(region);
      fault.fail();
    }
    return region;
  }

  @Override
  public synchronized void commit(long address, long bytes) {
    boolean fails = fault.begin();
    slice(address, bytes).fill((byte) 0);
    if (fails) {
      fault.fail();
    }
  }

  @Override
  public synchronized void preferHugePages(long address, long bytes) {
    if (fault.begin()) {
      fault.fail();
    }
  }

  @Override
  public synchronized void decommit(long address, long bytes) {
    boolean fails = fault.begin();
    slice(address, bytes).fill(DECOMMITTED);
    if (fails) {
      fault.fail();
    }
  }

  private MemorySegment slice(long address, long bytes) {
    Map.Entry<Long, Live> below = regions.floorEntry(address);
    if (below == null) {
      throw new IllegalArgumentException("0x%x lies in no region".formatted(address));
    }
    return below.getValue().region.slice(address, bytes);
  }

  @Override
  public synchronized void release(Region region) {
    if (fault.begin()) {
      // As the contract says the addresses stay: else somebody else would get them by now.
      region.memory().fill(DECOMMITTED);
      fault.fail();
    }
    end(region);
  }

  private void end(Region region) {
    Live live = regions.get(region.base());
    if (live != null && live.region.equals(region)) {
      live.arena.close();
      regions.remove(region.base());
    }
  }

  @Override
  public synchronized void close() {
    List<Region> all = new ArrayList<>(regions.values().stream().map(Live::region).toList());
    all.forEach(this::end);
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
