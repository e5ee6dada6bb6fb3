package io.hakmem.jmh;

import io.hakmem.HakAllocator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Blocks that are taken all together and given back all together, with their pages: each time the
 * heap needs the pages anew, but for the current one, which it keeps.
 *
 * <p>A heap that turns to another of its pages collects empty ones, if the last time is a while
 * ago. So there are two pages of two other blocks each, of which one block is free: to allocate it
 * is to turn to its page.
 */
public final class PageSwing {

  /** A page has two blocks of it, and nothing else uses its class. */
  private static final long TURN_BYTES = 28 << 10;

  /** A little more than the time between two collections. */
  private static final long WHILE_NS = 1_100_000;

  private final long[] blocks;
  private final long[] turning = new long[3];
  private long bytes;
  private boolean taken;
  private long turns;

  public PageSwing(int count) {
    blocks = new long[count];
  }

  /** The gates and those with which a heap collects a single page, and soon again. */
  public static Map<String, String> with(Map<String, String> gates) {
    Map<String, String> all = new HashMap<>(gates);
    all.put("HAKMEM_HEAP_EMPTY_PAGES", "1");
    all.put("HAKMEM_DECAY_MS", "1");
    return all;
  }

  /** The same where the pool would collect its own pages only: turns are the heap's. */
  public static Map<String, String> beforeThePool(Map<String, String> gates) {
    Map<String, String> all = with(gates);
    all.put("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1");
    return all;
  }

  /** Begins with all blocks given back; each will have so many bytes. */
  public void begin(HakAllocator allocator, long blockBytes) {
    bytes = blockBytes;
    long free = allocator.allocate(TURN_BYTES);
    for (int i = 0; i < turning.length; i++) {
      turning[i] = allocator.allocate(TURN_BYTES);
    }
    allocator.free(free);
  }

  /** Allocates all blocks, which are given back. */
  public void take(HakAllocator allocator, Blackhole sink) {
    for (int i = 0; i < blocks.length; i++) {
      long block = allocator.allocate(bytes);
      blocks[i] = block;
      sink.consume(block);
    }
    taken = true;
    turns++;
  }

  /** Waits until the heap may collect again. */
  public void await() {
    long begin = System.nanoTime();
    for (long left = WHILE_NS; left > 0; left = begin + WHILE_NS - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Frees all blocks if they are taken, and lets the heap hand on its empty pages. */
  public void giveBack(HakAllocator allocator) {
    if (taken) {
      await();
      giveBackNow(allocator);
    }
  }

  /** The same for blocks that are taken, after waiting. */
  public void giveBackNow(HakAllocator allocator) {
    for (long block : blocks) {
      allocator.free(block);
    }
    taken = false;
    long next = allocator.allocate(TURN_BYTES);
    allocator.free(turning[1]);
    turning[1] = next;
  }

  /** How often the blocks were taken. */
  public long turns() {
    return turns;
  }

  public void free(HakAllocator allocator) {
    giveBack(allocator);
    for (long block : turning) {
      allocator.free(block);
    }
  }
}
