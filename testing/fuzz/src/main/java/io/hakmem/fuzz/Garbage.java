package io.hakmem.fuzz;

import io.hakmem.HakAllocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.OutOfNativeMemoryException;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/** Calls that an allocator must refuse without a change. */
final class Garbage {

  /** Blocks above any class go back at once, and may be another thread's in the next moment. */
  private static final long LARGEST_CLASS_BYTES = 32 << 10;

  private static final long[] BAD_SIZES = {0, -1, Long.MIN_VALUE, -4096};
  private static final long[] HUGE_SIZES = {Long.MAX_VALUE, 1L << 62, (1L << 46) + 1};
  private static final long[] FIXED = {0, 1, -1, 16, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47};

  private final HakAllocator allocator;
  private final SplittableRandom random;
  private final Held held;
  private final boolean refuses;
  private final boolean alone;
  private long lastFreed;
  private long refused;

  /**
   * Calls of a thread's own.
   *
   * @param refuses whether the allocator checks addresses; else a wrong one has undefined results
   * @param alone whether no other thread uses the allocator
   */
  Garbage(
      HakAllocator allocator, SplittableRandom random, Held held, boolean refuses, boolean alone) {
    this.allocator = allocator;
    this.random = random;
    this.held = held;
    this.refuses = refuses;
    this.alone = alone;
  }

  /** Addresses that were refused as no live block. */
  long refused() {
    return refused;
  }

  /** Is told of each block that was freed; some are freed once more. */
  void freed(long address, long bytes, boolean staysWithTheThread) {
    lastFreed = address;
    boolean free = alone || (staysWithTheThread && bytes <= LARGEST_CLASS_BYTES);
    if (refuses && free && random.nextInt(128) == 0) {
      refuse("free", allocator::free, address);
    }
  }

  void tryOne() {
    int dice = random.nextInt(refuses ? 10 : 2);
    if (dice == 0) {
      badArguments();
    } else if (dice == 1) {
      hugeSize();
    } else {
      long address = address();
      int way = random.nextInt(16);
      if (way == 0) {
        refuse("usableSize", allocator::usableSize, address);
      } else if (way == 1) {
        refuse("reallocate", bad -> allocator.reallocate(bad, 100), address);
      } else if (way == 2) {
        refuse("blockAt", allocator::blockAt, address);
      } else if (way == 3) {
        allocator.owns(address);
      } else {
        refuse("free", allocator::free, address);
      }
    }
  }

  /** No block begins there: blocks begin at multiples of 16, and the others are inside of one. */
  private long address() {
    int dice = random.nextInt(5);
    if (dice == 0) {
      return FIXED[random.nextInt(FIXED.length)];
    }
    if (dice == 1) {
      return random.nextLong() | 1;
    }
    if (held.count() == 0) {
      return lastFreed | 1;
    }
    int at = random.nextInt(held.count());
    if (dice == 2) {
      return held.addresses[at] + 1 + random.nextLong(held.sizes[at]) | 1;
    }
    return (held.addresses[at] ^ random.nextLong(1L << (4 + random.nextInt(30)))) | 1;
  }

  private void refuse(String call, LongConsumer operation, long address) {
    try {
      operation.accept(address);
    } catch (InvalidFreeException expected) {
      refused++;
      return;
    }
    throw new IllegalStateException("%s of 0x%x was not refused".formatted(call, address));
  }

  private void badArguments() {
    long size = BAD_SIZES[random.nextInt(BAD_SIZES.length)];
    long alignment = random.nextBoolean() ? -random.nextLong(1000) : 3 + 4 * random.nextLong(1000);
    try {
      switch (random.nextInt(4)) {
        case 0 -> allocator.allocate(size);
        case 1 -> allocator.allocateZeroed(size);
        case 2 -> allocator.segment(size);
        default -> allocator.allocate(64, alignment);
      }
    } catch (IllegalArgumentException expected) {
      return;
    }
    throw new IllegalStateException(
        "size %d or alignment %d was not refused".formatted(size, alignment));
  }

  private void hugeSize() {
    long size = HUGE_SIZES[random.nextInt(HUGE_SIZES.length)];
    try {
      if (random.nextBoolean()) {
        allocator.allocate(size);
      } else {
        allocator.allocate(64, 1L << (47 + random.nextInt(15)));
      }
    } catch (OutOfNativeMemoryException expected) {
      return;
    }
    throw new IllegalStateException("size %d was not refused".formatted(size));
  }
}
