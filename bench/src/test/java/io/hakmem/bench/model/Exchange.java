package io.hakmem.bench.model;

import io.hakmem.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Blocks that any thread may take over; each is full of a pattern that its holder checks. */
final class Exchange {

  private final HakAllocator allocator;
  private final boolean zeroed;
  private final AtomicReferenceArray<@Nullable Held> slots;

  /** A live block, of which every byte is the pattern. */
  private record Held(MemorySegment segment, byte pattern) {}

  Exchange(HakAllocator allocator, boolean zeroed, int slots) {
    this.allocator = allocator;
    this.zeroed = zeroed;
    this.slots = new AtomicReferenceArray<>(slots);
  }

  /** Random operations on random slots; throws {@link AssertionError} when a block is damaged. */
  void run(long seed, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < steps; i++) {
      int slot = random.nextInt(slots.length());
      Held held = slots.getAndSet(slot, null);
      if (held == null) {
        put(slot, filled(allocate(random), (byte) random.nextInt()));
      } else if (random.nextInt(8) == 0) {
        put(slot, resized(held, size(random)));
      } else {
        check(held, held.segment.byteSize());
        allocator.free(held.segment.address());
      }
    }
  }

  /** Frees what is left. */
  void drain() {
    for (int slot = 0; slot < slots.length(); slot++) {
      put(slot, null);
    }
  }

  private void put(int slot, @Nullable Held next) {
    Held displaced = slots.getAndSet(slot, next);
    if (displaced != null) {
      check(displaced, displaced.segment.byteSize());
      allocator.free(displaced.segment.address());
    }
  }

  private MemorySegment allocate(SplittableRandom random) {
    long bytes = size(random);
    MemorySegment segment = allocator.segment(bytes);
    if (zeroed && (segment.get(ValueLayout.JAVA_BYTE, 0) | last(segment)) != 0) {
      throw new AssertionError("a block of %d B is not cleared".formatted(bytes));
    }
    return segment;
  }

  private static byte last(MemorySegment segment) {
    return segment.get(ValueLayout.JAVA_BYTE, segment.byteSize() - 1);
  }

  private static long size(SplittableRandom random) {
    long bytes = 1L << random.nextInt(random.nextInt(20) == 0 ? 18 : 12);
    return bytes + random.nextLong(bytes);
  }

  private Held resized(Held held, long bytes) {
    check(held, held.segment.byteSize());
    long kept = Math.min(bytes, held.segment.byteSize());
    long address = allocator.reallocate(held.segment.address(), bytes);
    MemorySegment segment = allocator.blockAt(address).asSlice(0, bytes);
    check(new Held(segment, held.pattern), kept);
    return filled(segment, held.pattern);
  }

  private static Held filled(MemorySegment segment, byte pattern) {
    segment.fill(pattern);
    return new Held(segment, pattern);
  }

  private static void check(Held held, long bytes) {
    for (long at = 0; at < bytes; at++) {
      byte found = held.segment.get(ValueLayout.JAVA_BYTE, at);
      if (found != held.pattern) {
        throw new AssertionError(
            "byte %d of %d at 0x%x is %d, its holder wrote %d"
                .formatted(at, bytes, held.segment.address(), found, held.pattern));
      }
    }
  }
}
