package io.hakmem.memory;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regions mapped by Linux. Reserving costs address space only, and untouched or decommitted memory
 * is not resident. To be made where {@link PageSources} allows it.
 */
public final class OsPageSource extends RegionPageSource {

  private static final Logger LOG = LoggerFactory.getLogger(OsPageSource.class);

  /** The smallest page of the supported systems, so a mapping is aligned to at least this. */
  private static final long SMALLEST_OS_PAGE_BYTES = 4 << 10;

  /** The huge page of x86_64, and of aarch64 with small pages of 4 KiB. */
  private static final long HUGE_PAGE_BYTES = 2 << 20;

  @Override
  public String name() {
    return "os";
  }

  @Override
  Region reserve(long bytes, Arena arena) {
    long alignment = bytes < HUGE_PAGE_BYTES ? GRANULE_BYTES : HUGE_PAGE_BYTES;
    long mappedBytes = bytes + alignment - SMALLEST_OS_PAGE_BYTES;
    long mapped = NativeCalls.map(mappedBytes);
    if (mapped < 0) {
      throw outOfMemory(bytes, "mmap", (int) -mapped);
    }
    long base = (mapped + alignment - 1) / alignment * alignment;
    long end = base + bytes;
    int errno = unmap(mapped, base - mapped);
    if (errno == 0) {
      errno = unmap(end, mapped + mappedBytes - end);
    }
    if (errno != 0) {
      NativeCalls.unmap(mapped, mappedBytes);
      throw outOfMemory(bytes, "munmap", errno);
    }
    return new Region(
        base, bytes, NativeCalls.memory(base, bytes, arena, () -> giveBack(base, bytes)));
  }

  @Override
  void preferHugePages(Region region, long address, long bytes) {
    int errno = NativeCalls.preferHugePages(address, bytes);
    if (errno != 0) {
      LOG.debug("no huge pages: madvise failed with {}", text(errno));
    }
  }

  private static int unmap(long address, long bytes) {
    return bytes == 0 ? 0 : NativeCalls.unmap(address, bytes);
  }

  private static void giveBack(long base, long bytes) {
    int errno = NativeCalls.unmap(base, bytes);
    if (errno != 0) {
      // Linux joins neighbouring mappings, and parting them again can exceed its limit of mappings.
      NativeCalls.discard(base, bytes);
      LOG.warn("munmap failed: {}, {} bytes of address space are lost", text(errno), bytes);
    }
  }

  @Override
  void commit(Region region, long address, long bytes) {
    int errno = NativeCalls.allowAccess(address, bytes);
    if (errno != 0) {
      // A range over several mappings can be changed in part. What stays changed is never used.
      NativeCalls.denyAccess(address, bytes);
      throw outOfMemory(bytes, "mprotect", errno);
    }
  }

  /** Stays accessible: a segment kept after its free must not crash the JVM. */
  @Override
  void decommit(Region region, long address, long bytes) {
    int errno = NativeCalls.discard(address, bytes);
    if (errno != 0) {
      LOG.debug("madvise failed: {}, {} bytes stay resident", text(errno), bytes);
      zeroLocked(region, address, bytes);
    }
  }

  /** Memory locked by the process cannot be discarded, but must be zero when committed again. */
  private static void zeroLocked(Region region, long address, long bytes) {
    if (NativeCalls.allowAccess(address, bytes) == 0) {
      ZeroFill.zero(region, address, bytes);
    }
  }

  @Override
  void forget(Region region) {}

  @Override
  public long preferredRegionBytes(long configured) {
    return roundUp(configured);
  }

  @Override
  public boolean zeroedOnCommit() {
    return true;
  }

  private OutOfNativeMemoryException outOfMemory(long askedBytes, String call, int errno) {
    return new OutOfNativeMemoryException(
        askedBytes, call + " failed with " + text(errno) + " in page source " + name());
  }

  private static String text(int errno) {
    return "errno " + errno + " (" + NativeCalls.errorText(errno) + ")";
  }
}
