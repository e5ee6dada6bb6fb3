package io.hakmem.fuzz.errors;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call with its arguments, which is made until it is not cut off. What makes it reads and writes
 * fields, since a method that it called could be cut off itself, between a call and its result.
 */
final class DrawnCall {

  /** Which call. */
  enum Kind {
    ALLOCATE(300),
    ALLOCATE_ALIGNED(30),
    ALLOCATE_ZEROED(30),
    SEGMENT(20),
    SEGMENT_ALIGNED(10),
    SEGMENT_ZEROED(10),
    BUFFER(10),
    HEAP_ALLOCATE(60),
    FREE(300),
    FREE_SIZED(40),
    HEAP_FREE(60),
    FREE_SEGMENT(20),
    FREE_BUFFER(10),
    REALLOCATE(60),
    USABLE(20),
    BLOCK_AT(20),
    OWNS(5),
    STATS(5),
    STATISTICS(2),
    DESCRIBE(1),
    COMMITTED(5),
    LIVE(3),
    LEAKS(3),
    TRIM(10),
    COLLECT(10),
    INVARIANTS(10),
    OPEN_CONFINED(8),
    OPEN_SHARED(4),
    ARENA_ALLOCATE(30),
    ARENA_CLOSE(12),
    CLOSE(0);

    final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    /** Whether it needs a block that is held. */
    boolean takesBlock() {
      return switch (this) {
        case FREE,
            FREE_SIZED,
            HEAP_FREE,
            FREE_SEGMENT,
            FREE_BUFFER,
            REALLOCATE,
            USABLE,
            BLOCK_AT,
            OWNS ->
            true;
        default -> false;
      };
    }

    /** Whether the block is gone when it returns. */
    boolean freesBlock() {
      return switch (this) {
        case FREE, FREE_SIZED, HEAP_FREE, FREE_SEGMENT, FREE_BUFFER -> true;
        default -> false;
      };
    }

    /** Whether it needs an arena that is open. */
    boolean takesArena() {
      return this == ARENA_ALLOCATE || this == ARENA_CLOSE;
    }
  }

  private final HakAllocator allocator;

  Kind kind = Kind.STATS;

  /** Where the block is among those that are held. */
  int at;

  long block;
  long blockBytes;
  long bytes;
  long alignment;
  @Nullable Arena arena;

  long address;
  @Nullable MemorySegment segment;
  @Nullable ByteBuffer buffer;
  @Nullable Arena opened;

  /** Whether it returned, or threw what is no error of the JVM. */
  boolean over;

  @Nullable Throwable thrown;

  /** What the last one threw that cut it off. */
  @Nullable Throwable cutBy;

  DrawnCall(HakAllocator allocator) {
    this.allocator = allocator;
  }

  /** Forgets what came of the last one. */
  void clear() {
    address = 0;
    segment = null;
    buffer = null;
    opened = null;
    over = false;
    thrown = null;
    cutBy = null;
  }

  /** Makes the call. */
  @SuppressWarnings("NullAway") // An arena is drawn for those that take one.
  void make() {
    switch (kind) {
      case ALLOCATE -> address = allocator.allocate(bytes);
      case ALLOCATE_ALIGNED -> address = allocator.allocate(bytes, alignment);
      case ALLOCATE_ZEROED -> address = allocator.allocateZeroed(bytes);
      case SEGMENT -> segment = allocator.segment(bytes);
      case SEGMENT_ALIGNED -> segment = allocator.segment(bytes, alignment);
      case SEGMENT_ZEROED -> segment = allocator.zeroedSegment(bytes);
      case BUFFER -> buffer = allocator.buffer((int) bytes);
      case HEAP_ALLOCATE -> address = allocator.heap().allocate(bytes);
      case FREE -> allocator.free(block);
      case FREE_SIZED -> allocator.freeSized(block, blockBytes);
      case HEAP_FREE -> allocator.heap().free(block);
      case FREE_SEGMENT -> allocator.free(allocator.blockAt(block));
      case FREE_BUFFER -> allocator.free(allocator.blockAt(block).asByteBuffer());
      case REALLOCATE -> address = allocator.reallocate(block, bytes);
      case USABLE -> allocator.usableSize(block);
      case BLOCK_AT -> segment = allocator.blockAt(block);
      case OWNS -> allocator.owns(block);
      case STATS -> allocator.stats();
      case STATISTICS -> allocator.boxLines();
      case DESCRIBE -> allocator.describe();
      case COMMITTED -> allocator.committedBytes();
      case LIVE -> allocator.liveBytes();
      case LEAKS -> allocator.leaks(Duration.ZERO);
      case TRIM -> allocator.trim();
      case COLLECT -> allocator.collect();
      case INVARIANTS -> allocator.checkInvariants();
      case OPEN_CONFINED -> opened = allocator.arena();
      case OPEN_SHARED -> opened = allocator.sharedArena();
      case ARENA_ALLOCATE -> segment = arena.allocate(bytes, alignment);
      case ARENA_CLOSE -> arena.close();
      case CLOSE -> allocator.close();
    }
  }

  @Override
  public String toString() {
    return "%s of %d bytes, block 0x%x of %d bytes".formatted(kind, bytes, block, blockBytes);
  }
}
