package io.hakmem.bench.load;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Random32;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import io.hakmem.bench.workload.Workload;

/**
 * Growing buffers: every step takes a random slot and allocates its block, reallocates it to up to
 * twice its size, or frees it, one time in eight or when it has outgrown the limit. What grows may
 * have to move.
 *
 * <p>The sequences of programs that append to arrays and texts; no published suite fixes their
 * parameters, so that these are of this benchmark.
 *
 * @param threads the threads, each with its own slots
 * @param steps the steps of one thread in a round
 * @param slots the slots of one thread
 * @param seed chooses the sequence
 * @param minBytes the smallest first size
 * @param firstBytes the largest first size
 * @param maxBytes the largest size of a block that grew; one above half of it is freed
 */
public record Growth(
    int threads, int steps, int slots, int seed, int minBytes, int firstBytes, int maxBytes)
    implements Workload {

  private static final int STEPS = 300_000;
  private static final int SLOTS = 400;
  private static final int SEED = 1;
  private static final int MIN_BYTES = 16;
  private static final int FIRST_BYTES = 256;
  private static final int MAX_BYTES = 1 << 16;

  /** Of so many visits to a block one frees it, whatever its size. */
  private static final int VISITS_PER_FREE = 8;

  /** The load in its standard size. */
  static Growth of(int threads) {
    return new Growth(threads, STEPS, SLOTS, SEED, MIN_BYTES, FIRST_BYTES, MAX_BYTES);
  }

  @Override
  public String name() {
    return "realloc";
  }

  @Override
  public long ops() {
    return (long) threads * steps;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks blocks = subject.blocks();
    long[] addresses = new long[slots];
    int random = Random32.first(seed, thread);
    Tally calls = loop(blocks, addresses, new int[slots], random);
    return calls.plus(new Tally(0, Slots.drain(blocks, addresses)));
  }

  private Tally loop(Blocks blocks, long[] addresses, int[] sizes, int first) {
    int random = first;
    int outgrown = maxBytes / 2;
    long allocs = 0;
    long frees = 0;
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int slot = Random32.below(random, sizes.length);
      int bytes = sizes[slot];
      random = Random32.next(random);
      if (bytes == 0) {
        sizes[slot] = minBytes + Random32.below(random, firstBytes - minBytes + 1);
        addresses[slot] = blocks.allocate(sizes[slot]);
        allocs++;
      } else if (bytes > outgrown || Random32.below(random, VISITS_PER_FREE) == 0) {
        blocks.free(addresses[slot]);
        addresses[slot] = 0;
        sizes[slot] = 0;
        frees++;
        continue;
      } else {
        random = Random32.next(random);
        sizes[slot] = bytes + 1 + Random32.below(random, bytes);
        addresses[slot] = blocks.reallocate(addresses[slot], sizes[slot]);
      }
      Memory.touch(addresses[slot], sizes[slot]);
    }
    return new Tally(allocs, frees);
  }

  @Override
  public Census census() {
    return Census.ofThreads(threads, this::census);
  }

  private Census census(int thread) {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[slots];
    int random = Random32.first(seed, thread);
    for (int i = 0; i < steps; i++) {
      random = Random32.next(random);
      int slot = Random32.below(random, slots);
      int bytes = sizes[slot];
      random = Random32.next(random);
      if (bytes == 0) {
        sizes[slot] = minBytes + Random32.below(random, firstBytes - minBytes + 1);
        counter.allocated(sizes[slot]);
      } else if (bytes > maxBytes / 2 || Random32.below(random, VISITS_PER_FREE) == 0) {
        counter.freed(bytes);
        sizes[slot] = 0;
      } else {
        random = Random32.next(random);
        sizes[slot] = bytes + 1 + Random32.below(random, bytes);
        counter.resized(bytes, sizes[slot]);
      }
    }
    return counter.drained(sizes);
  }
}
