package io.hakmem.fuzz.counted;

import io.hakmem.HakAllocator;
import io.hakmem.Stats;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Calls that are cut off where they make their first Java object, their second one, and so on, each
 * time on an allocator of its own. Its classes are run among copies.
 */
final class CutOff {

  private static final long MOST_OBJECTS = 150;
  private static final long LARGE_BYTES = 3 << 20;

  private CutOff() {}

  private static void each(Map<String, String> gates, BiConsumer<HakAllocator, Objects> calls) {
    for (long objects = 0; objects < MOST_OBJECTS; objects++) {
      for (boolean staysFull : new boolean[] {false, true}) {
        HakAllocator.Builder builder = HakAllocator.builder();
        gates.forEach(builder::set);
        try (HakAllocator allocator = builder.build()) {
          calls.accept(allocator, new Objects(objects, staysFull));
        } catch (IllegalStateException wrong) {
          throw new IllegalStateException(
              "after %d objects, %b: %s".formatted(objects, staysFull, wrong.getMessage()), wrong);
        }
      }
    }
  }

  /** How many Java objects a call may make. */
  private record Objects(long most, boolean staysFull) {

    private void limit(Runnable call) {
      try {
        ObjectCount.arm(most, staysFull);
        call.run();
      } catch (OutOfMemoryError cut) {
        // As it should be.
      } finally {
        ObjectCount.disarm();
      }
    }
  }

  private static void requireNothingLeft(HakAllocator allocator) {
    allocator.trim();
    allocator.checkInvariants();
    Stats stats = allocator.stats();
    if (stats.liveBytes() != 0 || stats.committedBytes() != 0) {
      throw new IllegalStateException(
          "%d B live, %d B committed".formatted(stats.liveBytes(), stats.committedBytes()));
    }
  }

  /** The first block that a thread gets from a bin that is asked, and has some already. */
  static final class FirstAskedBlock implements Runnable {

    FirstAskedBlock() {}

    @Override
    public void run() {
      for (String box : new String[] {"HAKMEM_TINY_C7_HOT", "HAKMEM_POOL_V2_TLS_FAST_PATH"}) {
        boolean isTiny = box.contains("TINY");
        Map<String, String> gates =
            Map.of(
                "HAKMEM_TINY_FRONT_V3_ENABLED",
                isTiny ? "1" : "0",
                "HAKMEM_TINY_HEAP_PROFILE",
                "c7_safe",
                "HAKMEM_POOL_V2_ENABLED",
                isTiny ? "0" : "1",
                "HAKMEM_HEAP_PREFILL",
                "1KiB",
                box,
                "0");
        each(gates, FirstAskedBlock::allocate);
      }
    }

    private static void allocate(HakAllocator allocator, Objects objects) {
      allocator.free(allocator.allocate(8 << 10)); // Makes the heap and fills its bins.
      long[] block = new long[1];
      objects.limit(() -> block[0] = allocator.heap().allocate(1024));
      if (block[0] != 0) {
        allocator.free(block[0]);
      }
      requireNothingLeft(allocator);
    }
  }

  /** A large block that becomes longer or shorter in its place. */
  static final class ResizedBlock implements Runnable {

    ResizedBlock() {}

    @Override
    public void run() {
      for (String source : new String[] {"os", "arena"}) {
        Map<String, String> gates =
            Map.of(
                "HAKMEM_PAGE_SOURCE", source,
                "HAKMEM_REGION_BYTES", "64MiB",
                "HAKMEM_COMMIT_BYTES", "64KiB");
        each(gates, (allocator, objects) -> resize(allocator, objects, LARGE_BYTES + (1 << 20)));
        each(gates, (allocator, objects) -> resize(allocator, objects, LARGE_BYTES / 2));
      }
    }

    private static void resize(HakAllocator allocator, Objects objects, long bytes) {
      long[] block = {allocator.allocate(LARGE_BYTES)};
      objects.limit(() -> block[0] = allocator.reallocate(block[0], bytes));
      if (!allocator.owns(block[0])
          || allocator.usableSize(block[0]) < Math.min(bytes, LARGE_BYTES)) {
        throw new IllegalStateException("0x%x is lost".formatted(block[0]));
      }
      allocator.free(block[0]);
      requireNothingLeft(allocator);
    }
  }

  /** A mapping that is to go back, and another one that may get its addresses. */
  static final class ReleasedMapping implements Runnable {

    ReleasedMapping() {}

    @Override
    public void run() {
      for (String source : new String[] {"os", "arena"}) {
        Map<String, String> gates =
            Map.of("HAKMEM_PAGE_SOURCE", source, "HAKMEM_LARGE_MAPPING_BYTES", "1MiB");
        each(gates, ReleasedMapping::replace);
      }
    }

    private static void replace(HakAllocator allocator, Objects objects) {
      long block = allocator.allocate(LARGE_BYTES);
      objects.limit(() -> allocator.free(block));
      boolean isLive = allocator.owns(block);
      long next = allocator.allocate(LARGE_BYTES + (1 << 20)); // It may cover the address.
      if (isLive) {
        allocator.free(block);
      }
      allocator.free(next);
      requireNothingLeft(allocator);
    }
  }

  /** Pages that are cut from extents and come back to them. */
  static final class PagesOfExtents implements Runnable {

    private static final int BLOCKS = 600;

    PagesOfExtents() {}

    @Override
    public void run() {
      Map<String, String> gates =
          Map.of("HAKMEM_POOL_V2_ENABLED", "1", "HAKMEM_TINY_FRONT_V3_ENABLED", "0");
      each(gates, PagesOfExtents::give);
      each(gates, PagesOfExtents::take);
    }

    private static void take(HakAllocator allocator, Objects objects) {
      long[] blocks = new long[BLOCKS];
      blocks[0] = allocator.allocate(4 << 10);
      for (int i = 1; i < BLOCKS; i++) {
        int at = i;
        objects.limit(() -> blocks[at] = allocator.heap().allocate(4 << 10));
      }
      for (long block : blocks) {
        if (block != 0) {
          allocator.free(block);
        }
      }
      requireNothingLeft(allocator);
    }

    private static void give(HakAllocator allocator, Objects objects) {
      long[] blocks = new long[BLOCKS];
      for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = allocator.allocate(4 << 10);
      }
      for (long block : blocks) {
        allocator.free(block);
      }
      objects.limit(allocator::trim);
      requireNothingLeft(allocator);
    }
  }

  /** Pages of an ended thread that are taken over, and may then be reclaimed. */
  static final class PagesOfEndedThread implements Runnable {

    private static final int BLOCKS = 300;

    PagesOfEndedThread() {}

    @Override
    public void run() {
      each(Map.of("HAKMEM_HEAP_EMPTY_PAGES", "1"), PagesOfEndedThread::takeOver);
    }

    private static void takeOver(HakAllocator allocator, Objects objects) {
      long own = allocator.allocate(1024);
      long[] left = new long[2];
      Thread mortal = Thread.ofPlatform().start(() -> leave(allocator, left));
      while (mortal.isAlive()) {
        Thread.onSpinWait();
      }
      objects.limit(allocator::trim);
      allocator.trim();
      allocator.free(left[0]);
      allocator.free(left[1]);
      allocator.free(own);
      requireNothingLeft(allocator);
    }

    /** Empty pages, and two that are not. */
    private static void leave(HakAllocator allocator, long[] left) {
      long[] blocks = new long[BLOCKS];
      for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = allocator.allocate(1024);
      }
      for (int i = 1; i < BLOCKS - 1; i++) {
        allocator.free(blocks[i]);
      }
      left[0] = blocks[0];
      left[1] = blocks[BLOCKS - 1];
    }
  }

  /** A block for a virtual thread, whose heap has no place for a block that is to be taken back. */
  static final class BlockOfVirtualThread implements Runnable {

    private static final long BYTES = 200;

    BlockOfVirtualThread() {}

    @Override
    public void run() {
      each(Map.of(), BlockOfVirtualThread::allocate);
    }

    private static void allocate(HakAllocator allocator, Objects objects) {
      Thread virtual = Thread.ofVirtual().start(() -> allocateSegment(allocator, objects));
      while (virtual.isAlive()) {
        Thread.onSpinWait();
      }
      requireNothingLeft(allocator);
    }

    private static void allocateSegment(HakAllocator allocator, Objects objects) {
      allocator.free(allocator.allocate(BYTES)); // Makes the heap.
      long[] block = new long[1];
      objects.limit(() -> block[0] = allocator.segment(BYTES).address());
      if (block[0] != 0) {
        allocator.free(block[0]);
      }
    }
  }
}
