package io.hakmem.bench.reliability;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.memory.OsPageSource;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Uses the page source {@code os} while Linux refuses it what it asks for; the test's child. */
final class RefusingSystemProgram {

  static final String HELD = "held";

  private static final long GRANULE = PageSource.GRANULE_BYTES;
  private static final long MIB = 1 << 20;

  private static final long BLOCK_BYTES = 2 * MIB;
  private static final int BLOCKS = 24;

  /** What the JVM itself may take meanwhile; less than what the test asks for. */
  private static final long ROOM_OF_THE_JVM = 8 * MIB;

  private RefusingSystemProgram() {}

  /** The argument is the name of what is tried. */
  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "segment" -> segmentAfterARefusedCommit();
      case "commit" -> commitOverAPartThatIsAccessible();
      case "address-space" -> blocksInLittleAddressSpace();
      case "release" -> releaseThatIsRefused();
      default -> blockThatIsNotUnmapped();
    }
    System.out.println(HELD);
    System.exit(0);
  }

  @SuppressWarnings("AnnotateFormatMethod") // Its annotation is no dependency of this module.
  private static void require(boolean holds, String what, Object... arguments) {
    if (!holds) {
      throw new AssertionError(what.formatted(arguments));
    }
  }

  private static boolean refuses(Runnable call) {
    try {
      call.run();
      return false;
    } catch (OutOfNativeMemoryException expected) {
      return true;
    }
  }

  /** A JVM that can map nothing can load no class either. */
  private static LinuxLimits warmLimits() {
    LinuxLimits limits = new LinuxLimits();
    limits.takeAllMappings();
    limits.giveMappingsBack();
    PageSource source = new OsPageSource();
    Region region = source.reserve(MIB);
    source.commit(region.base(), MIB);
    source.release(region);
    refuses(() -> source.reserve(1L << 60));
    source.close();
    return limits;
  }

  private static void segmentAfterARefusedCommit() {
    try (HakAllocator allocator = HakAllocator.builder().set("HAKMEM_PAGE_SOURCE", "os").build()) {
      MemorySegment old = allocator.segment(32 * MIB);
      old.fill((byte) 1);
      allocator.free(old.address());
      allocator.trim();
      requireZero(old);
      LinuxLimits.limitData(LinuxLimits.dataBytes() + ROOM_OF_THE_JVM);
      require(refuses(() -> allocator.allocate(60 * MIB)), "60 MiB are not refused");
      LinuxLimits.limitData(-1);
      requireZero(old);
      requireZero(allocator.segment(60 * MIB));
    }
  }

  /** As below {@code ulimit -v}: the region that is reserved as a rule does not fit. */
  private static void blocksInLittleAddressSpace() {
    LinuxLimits.limitAddressSpace(LinuxLimits.addressBytes() + 700 * MIB);
    try (HakAllocator allocator = HakAllocator.builder().set("HAKMEM_PAGE_SOURCE", "os").build()) {
      long small = allocator.allocate(100);
      MemorySegment large = allocator.segment(200 * MIB);
      requireZero(large);
      large.fill((byte) 1);
      allocator.free(small);
      allocator.free(large.address());
      require(refuses(() -> allocator.allocate(1 << 30)), "1 GiB is not refused");
      allocator.free(allocator.allocate(100));
    } finally {
      LinuxLimits.limitAddressSpace(-1);
    }
  }

  private static void requireZero(MemorySegment memory) {
    for (long at = 0; at < memory.byteSize(); at += GRANULE) {
      require(memory.get(ValueLayout.JAVA_BYTE, at) == 0, "byte %d is not 0", at);
    }
  }

  /**
   * Advice keeps mappings apart, so that one more is needed for each granule that is opened in the
   * middle of others.
   */
  private static void commitOverAPartThatIsAccessible() {
    LinuxLimits limits = warmLimits();
    try (PageSource source = new OsPageSource()) {
      Region region = source.reserve(64 * MIB);
      long second = region.base() + GRANULE;
      source.commit(second, GRANULE);
      source.preferHugePages(second, GRANULE);
      MemorySegment old = region.slice(second, GRANULE);
      old.fill((byte) 1);
      limits.takeAllMappings();
      boolean isRefused = refuses(() -> source.commit(second, 2 * GRANULE));
      byte seen = old.get(ValueLayout.JAVA_BYTE, GRANULE - 1);
      limits.giveMappingsBack();
      require(isRefused, "the commit is not refused");
      require(seen == 1, "the granule that was accessible reads %d", seen);
      source.commit(region.base(), region.bytes());
      region.memory().fill((byte) 2);
    }
  }

  /** Regions lie side by side, and one in the middle cannot leave the others. */
  private static void releaseThatIsRefused() {
    LinuxLimits limits = warmLimits();
    PageSource source = new OsPageSource();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      regions.add(source.reserve(BLOCK_BYTES));
    }
    Region middle =
        regions.stream()
            .filter(each -> LinuxLimits.isInTheMiddle(each.base(), each.bytes()))
            .findFirst()
            .orElseThrow();
    limits.takeAllMappings();
    boolean isRefused = false;
    try {
      source.release(middle);
    } catch (IllegalStateException expected) {
      isRefused = true;
    }
    limits.giveMappingsBack();
    require(isRefused, "the release is not refused");
    require(LinuxLimits.isMapped(middle.base()), "the addresses went back all the same");
    require(!middle.memory().scope().isAlive(), "the memory can be used");
    source.release(middle);
    require(!LinuxLimits.isMapped(middle.base()), "the addresses did not go back");
    source.close();
    source.close();
    for (Region region : regions) {
      require(!LinuxLimits.isMapped(region.base()), "0x%x is mapped still", region.base());
    }
  }

  private static void blockThatIsNotUnmapped() {
    LinuxLimits limits = warmLimits();
    HakAllocator.Builder builder =
        HakAllocator.builder()
            .set("HAKMEM_PAGE_SOURCE", "os")
            .set("HAKMEM_POOL_ZERO_MODE", "off")
            .set("HAKMEM_PURGE_THREAD", "0") // Which tries again by itself.
            .set("HAKMEM_LARGE_MAPPING_BYTES", "1MiB");
    HakAllocator allocator = builder.build();
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(allocator.allocate(BLOCK_BYTES));
    }
    long middle = inTheMiddle(blocks);
    long reserved = allocator.stats().reservedBytes();
    long committed = allocator.stats().committedBytes();
    limits.takeAllMappings();
    allocator.free(middle);
    limits.giveMappingsBack();
    require(LinuxLimits.isMapped(middle), "munmap was not refused");
    requireReserved(allocator, reserved);
    require(
        allocator.stats().counters().getOrDefault("page_source_refused_releases", 0L) == 1,
        "the refusal is not counted");
    require(
        allocator.stats().committedBytes() == committed - BLOCK_BYTES,
        "the memory is counted still");
    allocator.trim();
    require(!LinuxLimits.isMapped(middle), "trim() does not try again");
    requireReserved(allocator, reserved - BLOCK_BYTES);
    blocks.remove(middle);
    closeThatIsNotUnmapped(allocator, blocks, limits);
  }

  private static void closeThatIsNotUnmapped(
      HakAllocator allocator, List<Long> blocks, LinuxLimits limits) {
    long other = inTheMiddle(blocks);
    limits.takeAllMappings();
    allocator.free(other);
    limits.giveMappingsBack();
    require(LinuxLimits.isMapped(other), "munmap was not refused");
    allocator.close();
    allocator.close();
    blocks.forEach(
        block -> require(!LinuxLimits.isMapped(block), "0x%x is mapped after the close", block));
    requireReserved(allocator, 0);
  }

  private static long inTheMiddle(List<Long> blocks) {
    return blocks.stream()
        .filter(block -> LinuxLimits.isInTheMiddle(block, BLOCK_BYTES))
        .findFirst()
        .orElseThrow();
  }

  private static void requireReserved(HakAllocator allocator, long bytes) {
    long reserved = allocator.stats().reservedBytes();
    require(reserved == bytes, "%d bytes are reserved, not %d", reserved, bytes);
  }
}
