package io.hakmem.bench.reliability;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Maps each region so far behind the one before, as if others had mapped all that lies between. */
@SuppressWarnings("restricted")
final class SparseSource implements PageSource {

  private static final long FIRST = 1L << 41;
  private static final long END = 0x5000_0000_0000L; // Programs and libraries lie above.
  private static final int READ_WRITE = 3;
  private static final int PRIVATE_ANONYMOUS_NORESERVE_THERE = 0x2 | 0x20 | 0x4000 | 0x10_0000;
  private static final int DONTNEED = 4;

  private static final MethodHandle MMAP =
      call(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      call("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle MADVISE =
      call("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  private final long distance;
  private final NavigableMap<Long, Region> regions = new TreeMap<>();
  private long next = FIRST;
  private int reserved;

  /** Regions at multiples of the distance. */
  SparseSource(long distance) {
    this.distance = distance;
  }

  private static MethodHandle call(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
  }

  /** Regions that there were so far. */
  synchronized int reserved() {
    return reserved;
  }

  @Override
  public String name() {
    return "sparse";
  }

  @Override
  public synchronized Region reserve(long bytes) {
    long address = next;
    if (bytes > END - address || map(address, bytes) != address) {
      throw new OutOfNativeMemoryException(bytes, "no address space at 0x%x".formatted(address));
    }
    next = (address + bytes + distance - 1) / distance * distance;
    reserved++;
    MemorySegment memory =
        MemorySegment.ofAddress(address).reinterpret(bytes, Arena.global(), null);
    Region region = new Region(address, bytes, memory);
    regions.put(address, region);
    return region;
  }

  private static long map(long address, long bytes) {
    try {
      return (long)
          MMAP.invokeExact(address, bytes, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE_THERE, -1, 0L);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void commit(long address, long bytes) {}

  @Override
  public void decommit(long address, long bytes) {
    try {
      int result = (int) MADVISE.invokeExact(address, bytes, DONTNEED);
      if (result != 0) {
        throw new IllegalStateException("madvise refused");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized void release(Region region) {
    if (regions.remove(region.base()) == null) {
      throw new AssertionError("0x%x is no live region".formatted(region.base()));
    }
    try {
      int result = (int) MUNMAP.invokeExact(region.base(), region.bytes());
      if (result != 0) {
        throw new IllegalStateException("munmap refused");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized void close() {
    List.copyOf(regions.values()).forEach(this::release);
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
