package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The tables of addresses of a load's threads, of which 0 is none. They stay from round to round: a
 * table of hundreds of kilobytes that is made anew would be measured with the round.
 */
public final class Slots {

  private final long[][] tables;
  private final int slots;

  public Slots(int threads, int slots) {
    tables = new long[threads][];
    this.slots = slots;
  }

  /** The table of one thread, empty at the start; rounds give it to one thread after the other. */
  public long[] of(int thread) {
    if (tables[thread] == null) {
      tables[thread] = new long[slots];
    }
    return tables[thread];
  }

  /**
   * Fills a table with blocks of random sizes from {@code min} on, {@code span} of them; touches
   * the ends of each. Returns the last random number.
   */
  public static int fill(Blocks blocks, long[] table, int first, int min, int span) {
    int random = first;
    for (int slot = 0; slot < table.length; slot++) {
      random = Random32.next(random);
      long bytes = (long) min + Random32.below(random, span);
      long address = blocks.allocate(bytes);
      Memory.touch(address, bytes);
      table[slot] = address;
    }
    return random;
  }

  /** Frees every block of a full table in random order. */
  public static void freeInRandomOrder(Blocks blocks, long[] table, int first) {
    int random = first;
    for (int left = table.length; left > 0; left--) {
      random = Random32.next(random);
      int chosen = Random32.below(random, left);
      blocks.free(table[chosen]);
      table[chosen] = table[left - 1];
    }
  }

  /** Frees every block and empties its slot; returns how many there were. */
  public static long drain(Blocks blocks, long[] table) {
    long frees = 0;
    for (int slot = 0; slot < table.length; slot++) {
      if (table[slot] != 0) {
        blocks.free(table[slot]);
        table[slot] = 0;
        frees++;
      }
    }
    return frees;
  }

  /** The same of a table that threads share. */
  public static long drain(Blocks blocks, AtomicLongArray table) {
    long frees = 0;
    for (int slot = 0; slot < table.length(); slot++) {
      long address = table.getAndSet(slot, 0);
      if (address != 0) {
        blocks.free(address);
        frees++;
      }
    }
    return frees;
  }
}
