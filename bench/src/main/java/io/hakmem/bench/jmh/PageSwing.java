package io.hakmem.bench.jmh;

import io.hakmem.HakAllocator;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Blocks that are taken all together and given back all together, with their pages: each time the
 * heap needs the pages anew, but for the current one, which it keeps.
 */
final class PageSwing {

  /** A block of it is a page of a class that nothing else uses. */
  private static final long TRIGGER_BYTES = 56 << 10;

  private final long[] blocks;
  private long bytes;
  private long trigger;
  private boolean taken;
  private long turns;

  PageSwing(int count) {
    blocks = new long[count];
  }

  /** Begins with all blocks given back; each will have so many bytes. */
  void begin(HakAllocator allocator, long blockBytes) {
    bytes = blockBytes;
    trigger = allocator.allocate(TRIGGER_BYTES);
  }

  /** Allocates all blocks, which are given back. */
  void take(HakAllocator allocator, Blackhole sink) {
    for (int i = 0; i < blocks.length; i++) {
      long block = allocator.allocate(bytes);
      blocks[i] = block;
      sink.consume(block);
    }
    taken = true;
    turns++;
  }

  /** Frees all blocks if they are taken, and lets the heap hand on its empty pages. */
  void giveBack(HakAllocator allocator) {
    if (!taken) {
      return;
    }
    for (long block : blocks) {
      allocator.free(block);
    }
    taken = false;
    // The old block is still live: the new one needs a page, and for that the heap collects first.
    long next = allocator.allocate(TRIGGER_BYTES);
    allocator.free(trigger);
    trigger = next;
  }

  /** How often the blocks were taken. */
  long turns() {
    return turns;
  }

  void free(HakAllocator allocator) {
    giveBack(allocator);
    allocator.free(trigger);
  }
}
