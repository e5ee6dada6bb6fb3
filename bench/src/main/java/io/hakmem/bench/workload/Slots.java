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
