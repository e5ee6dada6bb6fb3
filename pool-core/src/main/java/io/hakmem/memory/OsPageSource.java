package io.hakmem.memory;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.log.Logs;
import io.hakmem.spi.Region;
import java.lang.foreign.Arena;
import org.slf4j.Logger;

/**
 * Regions mapped by Linux. Reserving costs address space only, and untouched or decommitted memory
 * is not resident. To be made where {@link PageSources} allows it.
 */
public final class OsPageSource extends RegionPageSource {

  private static final Logger LOG = Logs.of(OsPageSource.class);

  /** The smallest page of the supported systems, so a mapping is aligned to at least this. */
  private static final long SMALLEST_OS_PAGE_BYTES = 4 << 10;

  /** The huge page of x86_64, and of aarch64 with small pages of 4 KiB. */
  private static final long HUGE_PAGE_BYTES = 2 << 20;

  /** One call at a time: the monitor of the source guards it. */
  private final NativeCalls system = new NativeCalls();

  @Override
  public String name() {
    return "os";
  }

  @Override
  LiveRegion reserve(long bytes, Arena arena) {
    long alignment = bytes < HUGE_PAGE_BYTES ? GRANULE_BYTES : HUGE_PAGE_BYTES;
    long mappedBytes = bytes + alignment - SMALLEST_OS_PAGE_BYTES;
    long mapped = system.map(mappedBytes);
    if (mapped < 0) {
      throw outOfMemory(bytes, "mmap", (int) -mapped);
    }
    try {
      return aligned(mapped, mapped + mappedBytes, alignment, bytes, arena);
    } catch (Throwable failed) {
      system.unmap(mapped, mappedBytes);
      throw failed;
    }
  }

  /** What the system does not take back stays with the region: a limit of mappings is no loss. */
  private LiveRegion aligned(long mapped, long end, long alignment, long bytes, Arena arena) {
    long base = (mapped + alignment - 1) / alignment * alignment;
    Region region = new Region(base, bytes, NativeCalls.memory(base, bytes, arena));
    LiveRegion live = new LiveRegion(region, arena, mapped, end);
    if (unmap(mapped, base - mapped) == 0) {
      live.mapped(base, end);
    }
    if (unmap(base + bytes, end - base - bytes) == 0) {
      live.mapped(live.mappedBase(), base + bytes);
    }
    return live;
  }

  private int unmap(long address, long bytes) {
    return bytes == 0 ? 0 : system.unmap(address, bytes);
  }

  @Override
  void preferHugePages(LiveRegion live, long address, long bytes) {
    int errno = system.preferHugePages(address, bytes);
    if (errno != 0) {
      LOG.debug("no huge pages: madvise failed with {}", text(errno));
    }
  }

  @Override
  void preferSmallPages(LiveRegion live, long address, long bytes) {
    int errno = system.preferSmallPages(address, bytes);
    if (errno != 0) {
      LOG.debug("huge pages stay: madvise failed with {}", text(errno));
    }
  }

  /**
   * Linux joins neighbouring mappings, and parting them again can exceed its limit of mappings:
   * then the addresses stay and the memory goes.
   */
  @Override
  void giveBack(LiveRegion live) {
    long bytes = live.mappedEnd() - live.mappedBase();
    int errno = unmap(live.mappedBase(), bytes);
    if (errno != 0) {
      system.discard(live.mappedBase(), bytes);
      throw new IllegalStateException("munmap of " + bytes + " bytes failed with " + text(errno));
    }
    live.mapped(0, 0); // Somebody else may have the addresses before this is called again.
  }

  /**
   * Marked granules are accessible, and stay so once they were: what is refused denies access to
   * those alone that it was about to open.
   */
  @Override
  void commit(LiveRegion live, long address, long bytes) {
    long end = address + bytes;
    int errno = 0;
    long from = live.next(address, end, false);
    while (from < end && errno == 0) {
      long to = live.next(from, end, true);
      errno = system.allowAccess(from, to - from);
      from = errno == 0 ? live.next(to, end, false) : to;
    }
    if (errno != 0) {
      denyAgain(live, address, from); // A range over several mappings can be changed in part.
      throw outOfMemory(bytes, "mprotect", errno);
    }
    live.mark(address, bytes);
  }

  private void denyAgain(LiveRegion live, long address, long end) {
    long from = live.next(address, end, false);
    while (from < end) {
      long to = live.next(from, end, true);
      system.denyAccess(from, to - from);
      from = live.next(to, end, false);
    }
  }

  /** The system gives back whole pages of its own, so that one of larger pages would take more. */
  @Override
  void discardPart(long address, long bytes) {
    if (system.pageBytes() <= DISCARD_BYTES) {
      system.discard(address, bytes);
    }
  }

  /**
   * Stays accessible: a segment kept after its free must not crash the JVM. Memory that the program
   * locked goes back where the system knows how, since Linux 5.18.
   */
  @Override
  void decommit(LiveRegion live, long address, long bytes) {
    int errno = system.discard(address, bytes);
    if (errno != 0 && system.discardLocked(address, bytes) == 0) {
      return;
    }
    if (errno != 0) {
      throw new IllegalStateException("madvise failed with " + text(errno));
    }
  }

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

  private String text(int errno) {
    return "errno " + errno + " (" + system.errorText(errno) + ")";
  }
}
